/**
 * What the service says by code, in German: how speaking fails. Its English comes with the code.
 *
 * What only the service's own pages say is added by page-codes.js; why lines are left out is in
 * reasons.js.
 */

/** @typedef {Record<string, string>} Texts German by code, with places for the code's values */

/** @type {Texts} */
export const CODES = {
  'audio-lost': 'Der Server kommt gerade nicht an seine Daten.',
  'default-voice-unusable': 'Die Standardstimme geht nicht. {reason}',
  'engine-closed': 'Die Stimme ist hier gerade nicht verfügbar.',
  'engine-failed-at': 'Die Stimme ist an diesem Text gescheitert.',
  'engine-died': 'Die Stimme ist an diesem Text gescheitert.',
  'engine-refused': 'Die Stimme ist an diesem Text gescheitert.',
  'engine-timeout': 'Die Stimme ist an diesem Text gescheitert.',
  'engine-too-short': 'Es kam zu wenig Ton für den Text.',
  'engine-unopened': 'Die Stimme ist hier gerade nicht verfügbar.',
  'engine-unstarted': 'Die Stimme ist hier gerade nicht verfügbar.',
  'extra-missing': 'Auf dem Server fehlt ein Programm: vorleser[{extra}]',
  'fallback-no-help': '{reason} {error}',
  'fallback-speaks': 'Es spricht {voice}, weil {asked} nicht verfügbar war.',
  'key-needed': 'Dafür braucht es einen gültigen API-Schlüssel.',
  'letters-unknown': 'Für „{word}“ hat die Stimme keine Laute.',
  'no-german-voice': 'Auf dem Server kann keine deutsche Stimme sprechen.',
  'nothing-to-say': 'Für „{text}“ hat die Stimme keine Laute.',
  'only-this-machine': 'Nur der Rechner, auf dem Vorleser läuft, darf Artikel einstellen.',
  'pace-implausible': 'Die Stimme ist an diesem Text gescheitert.',
  recorded: '{sentence}',
  'server-broke-off': '{name} ist gerade nicht zu erreichen.',
  'server-busy': '{name} ist gerade nicht zu erreichen.',
  'server-endless': '{name} hat keinen brauchbaren Ton geschickt.',
  'server-failed': '{name} lehnt die Anfrage ab: {answer}',
  'server-no-audio': '{name} hat keinen brauchbaren Ton geschickt.',
  'server-refused': '{name} lehnt die Anfrage ab: {answer}',
  'server-rests': '{reason} In {pause_s} s noch einmal versuchen.',
  'server-timeout': '{name} ist gerade nicht zu erreichen.',
  'server-too-short': 'Es kam zu wenig Ton für den Text.',
  'server-unproven': '{name} ist gerade nicht zu erreichen.',
  'server-unreachable': '{name} ist gerade nicht zu erreichen.',
  'server-unsound': '{name} hat keinen brauchbaren Ton geschickt.',
  'reading-key-needed': 'Diese Bibliothek ist privat: Zum Hören ist ein Schlüssel nötig.',
  'sound-too-short': 'Es kam zu wenig Ton für den Text.',
  'speech-server': 'Der Sprachserver {host}',
  'too-many-requests': 'Zu viele Anfragen. In {wait_s} Sekunden geht es wieder.',
  unexpected: 'Ein unerwarteter Fehler. Näheres steht im Protokoll des Servers.',
  'voice-cannot-speak': 'Die Stimme {voice} kann hier nicht sprechen. {reason}',
  'voice-damaged': 'Die Stimme {voice} ist beschädigt.',
  'voice-file-damaged': 'Die Stimme {voice} ist beschädigt.',
  'voice-incomplete': 'Auf dem Server ausführen: vorleser voices install {voice}',
  'voice-not-installed': 'Auf dem Server ausführen: vorleser voices install {voice}',
  'voice-not-installed-nor-extra': 'Auf dem Server fehlt ein Programm: vorleser[{extra}]',
  'voice-silent': 'Die Stimme {voice} ist stumm.',
  'voice-unknown': 'Die Stimme {voice} gibt es hier nicht.',
};
