/** The words of the sheets, which are fetched with them; those of the player are in strings.js. */

import { fill, WORDS as PLAYER } from './strings.js';

/** @satisfies {Record<string, [string, string]>} German, English */
const WORDS = {
  ...PLAYER,
  share: ['Link ab {time} teilen', 'Share link from {time}'],
  shared: ['Link kopiert', 'Link copied'],
  embed: ['Einbetten', 'Embed'],
  embedHint: ['Diese Zeilen in eine Seite kopieren:', 'Copy these lines into a page:'],
  voiceHint: [
    'Der Artikel wird mit der gewählten Stimme neu gesprochen.',
    'The article is spoken anew in the voice you choose.',
  ],
  unavailable: ['Nicht verfügbar', 'Not available'],
  sleepOff: ['Aus', 'Off'],
  sleepChapter: ['Bis zum Ende des Kapitels', 'Until the end of the chapter'],
  sleepArticle: ['Bis zum Ende des Artikels', 'Until the end of the article'],
  leftOutHint: [
    'Nicht Teil des Artikels und darum ausgelassen:',
    'Not part of the article and therefore left out:',
  ],
  keySpace: ['Leertaste, K', 'Space, K'],
  keySpaceMeaning: ['Abspielen, Pause', 'Play, pause'],
  keyArrows: ['← →, J L', '← →, J L'],
  keyArrowsMeaning: ['5 Sekunden, 15 Sekunden zurück und vor', '5 seconds, 15 seconds back and forward'],
  keyParagraphs: ['P N', 'P N'],
  keyParagraphsMeaning: ['Voriger, nächster Absatz', 'Previous, next paragraph'],
  keyVolume: ['↑ ↓, M', '↑ ↓, M'],
  keyVolumeMeaning: ['Lautstärke, Ton aus', 'Volume, mute'],
  keySpeed: ['< >', '< >'],
  keyDigits: ['0 … 9', '0 … 9'],
  keyDigitsMeaning: ['Zu 0 % … 90 % des Artikels', 'To 0 % … 90 % of the article'],
  keyHelp: ['Diese Hilfe', 'This help'],
  keyLetters: [
    'Buchstaben und Ziffern gelten auf der ganzen Seite',
    'Letters and digits work on the whole page',
  ],
  keyInside: [
    'Die Tasten gelten, solange der Player den Fokus hat.',
    'The keys work while the player has the focus.',
  ],
  saveOffline: ['Offline speichern', 'Save for offline'],
  savedOffline: ['Offline verfügbar. Wieder entfernen', 'Available offline. Remove'],
  saving: ['Wird gespeichert …', 'Saving …'],
  mark: ['Markieren', 'Mark'],
  word: ['Wort', 'Word'],
  sentence: ['Satz', 'Sentence'],
  none: ['Nichts', 'Nothing'],
  keyWord: ['⇧ Enter', '⇧ Enter'],
  keyWordMeaning: ['Ab diesem Wort, auch mit Doppelklick', 'From this word; a double click, too'],
  keyChoose: ['⇧ ← →', '⇧ ← →'],
  keyChooseMeaning: ['Ein Wort im Satz wählen', 'Choose a word of the sentence'],
};

/** @typedef {keyof typeof WORDS} ViewKey */

/** @param {ViewKey} key @param {Record<string, string | number>} [values] */
export const t = (key, values) => fill(WORDS[key], values);
