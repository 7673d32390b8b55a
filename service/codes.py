"""Every code that the service says, and the English that is made of it and its values.

A code is what programs and translations know an error or a reason by: once given, it stays.
`SENTENCES` has those of errors, failures and notes, `Reason` why a line is not read. What
stands in `{braces}` are the values that come with it. The German of each code that can reach
a page is in static/codes.js and static/page-codes.js, that of reasons in static/reasons.js; what
only operators and commands see (`OPERATOR`) has none.
"""

from __future__ import annotations

from enum import StrEnum

READING = {
    "address-not-public": "“{host}” is not on the public net, so it is not fetched.",
    "address-not-web": "“{address}” is not a web address.",
    "address-odd": "Addresses with a password or an unusual port are not fetched.",
    "address-scheme": "Give an address that begins with http:// or https://.",
    "article-too-long": "The article has {chars} characters; this service reads up to {limit}. Split it, or ask the operator to raise VORLESER_MAX_ARTICLE_CHARS.",
    "book-locked": "The book is locked by copy protection (DRM): get it from a shop without.",
    "book-without-text": "There is nothing to read in the book: it has no text.",
    "document-damaged": "The document is damaged: save it anew.",
    "document-locked": "The document is locked with a password: save it without one.",
    "document-without-text": "There is nothing to read in the document: it has no text.",
    "file-archive-damaged": "The file is damaged: its archive cannot be opened. Save or download it again.",
    "file-bomb": "The file is refused: “{part}” is packed as a zip bomb.",
    "file-damaged": "“{file}” is damaged: it does not begin as such files do. Save or download it again.",
    "file-empty": "“{file}” is empty: save or download it again.",
    "file-encoding-unknown": "The file is not text, or in an unknown encoding: save it as UTF-8.",
    "file-entities": "The file is refused: “{part}” in it declares entities, as entity bombs do.",
    "file-is-archive": "This is an archive: unpack it, and give the article in it.",
    "file-is-djvu": "This is a DjVu document, which is not read: export it as PDF and give that.",
    "file-is-drawing": "This is a drawing, which is not read: export it as PDF and give that.",
    "file-is-film": "This is a film: give a text to be read.",
    "file-is-impress": "This is an Impress presentation, which is not read: export it as PDF and give that.",
    "file-is-keynote": "This is a Keynote presentation, which is not read: export it as PDF and give that.",
    "file-is-kindle": "This is a Kindle book, which is not read: give the book as EPUB.",
    "file-is-latex": "This is a LaTeX source, which is not read: give the PDF that it makes.",
    "file-is-old-word": "This is an old Word document, which is not read: save it as .docx and give that.",
    "file-is-outlook": "This is an Outlook message, which is not read: save it as .eml and give that.",
    "file-is-pages": "This is a Pages document, which is not read: export it as .docx or PDF and give that.",
    "picture-unusable": "What is at the address is no picture that can be shown: take JPEG, PNG, WebP or GIF of up to {limit_mb} MB and {pixels} million pixels.",
    "file-is-picture": "This is a picture: give the text itself, or a PDF whose text was recognised.",
    "file-is-postscript": "This is a PostScript document, which is not read: export it as PDF and give that.",
    "file-is-presentation": "This is a PowerPoint presentation, which is not read: export it as PDF and give that.",
    "file-is-program": "This is a program or a database: give a text to be read.",
    "file-is-sound": "This is a sound recording: give a text to be read.",
    "file-is-spreadsheet": "This is a spreadsheet, which is not read: copy what is to be read into a text.",
    "file-is-wordperfect": "This is a WordPerfect document, which is not read: save it as .docx and give that.",
    "file-is-works": "This is a Works document, which is not read: save it as .docx and give that.",
    "file-is-xps": "This is an XPS document, which is not read: export it as PDF and give that.",
    "file-kind-unknown": "“{file}” cannot be read: save the article as .txt, .md, .html, .docx, .odt, .rtf, .pdf, .epub, .fb2, .eml or .mht.",
    "file-locked": "The file is protected by a password: save it without one.",
    "file-no-epub": "The file is no EPUB: it has no list of contents.",
    "file-not-text": "The file is not text: save the article as .txt, in UTF-8.",
    "file-packing-unknown": "The file is damaged: “{part}” is packed in another way.",
    "file-part-missing": "The file is damaged: “{part}” in it is missing.",
    "file-part-no-xml": "The file is damaged: “{part}” in it is no XML.",
    "file-path-outside": "The file is refused: it holds “{part}”, a path outside.",
    "file-too-large": "The file is too large to be read, from “{part}” on.",
    "file-too-many-parts": "The document has more than {most} parts of markup: save its text as .txt, or split it.",
    "file-unpacks-too-large": "The file unpacks to more than is read here: a zip bomb?",
    "file-without-package": "The file is damaged: it names no package.",
    "file-without-pages": "The file is damaged: its list of pages is empty.",
    "host-name-impossible": "“{host}” is not a name that can be asked for.",
    "host-not-found": "“{host}” was not found. Check the address.",
    "host-timeout": "{host} did not answer in time: the page took longer than it may.",
    "host-unreachable": "{host} cannot be reached: {error}.",
    "language-not-german": "This is not in German, and the voices here are German. To hear it all the same, name its language (`language` in a request, --language in a command).",
    "name-servers-silent": "The name servers do not answer. Try again later.",
    "not-german": "This is not in German but in “{language}”, and the voices here are German. To hear it all the same, name its language (`language` in a request, --language in a command).",
    "nothing-to-read": "There is nothing to read: give a text with at least one word.",
    "nothing-to-speak": "There is nothing to speak: give a text with at least one word.",
    "page-by-script": "No article was found on the page: its text is put there by a script. Open it in your browser, copy the text, and paste it.",
    "page-cut-off": "The page is cut off. Try again.",
    "page-empty": "The page is empty.",
    "page-is-list": "The page is a list of links: open the article that you want, and give its address.",
    "page-not-web": "There is no web page but “{kind}”. Give the address of an article, or upload the file.",
    "page-of-pictures": 'There is no text to read on the page, only pictures. To hear what they show, as far as the page says so, ask for it (`"extras": ["alt"]` in a request, --extras alt in a command).',
    "page-packed-wrongly": "The page is packed wrongly.",
    "page-packing-unknown": "The page is packed as “{packing}”, which was not asked for.",
    "page-redirects": "The page redirects more than {most} times.",
    "page-redirects-nowhere": "The page redirects to “{address}”.",
    "page-status": "The page answers with status {status}. If it opens in your browser, paste its text.",
    "page-timeout": "The page took longer than it may. Try again later.",
    "page-too-large": "The page is larger than {limit_mb} MB.",
    "page-too-nested": "The page has more than {most} parts: paste its text.",
    "page-without-article": "No article was found on the page: copy its text, and paste it.",
    "pdf-damaged": "The PDF is damaged: save or download it again.",
    "pdf-letters-unknown": "The PDF does not say which letters its characters are: have its text recognised (OCR), or give the document that it was made from.",
    "pdf-locked": "The PDF is locked with a password: save it without one.",
    "pdf-scan": "The PDF holds pictures of pages and no text: have its text recognised (OCR), and give the result.",
    "pdf-too-long": "The PDF has {pages} pages; up to {limit} are read: split it.",
    "reading-unavailable": "Nothing can be read at present, since no process can be started ({error}): try again in a minute.",
    "source-fault": "The source cannot be read, by a fault of this service (its log tells more): save its text as .txt.",
    "source-too-heavy": "The source needs more memory than there is for one: split it, or save its text as .txt.",
    "source-too-slow": "The source took longer than {limit_s} seconds to read: split it, or save its text as .txt.",
    "title-empty": "The title is empty: give it at least one word.",
}

SPEECH = {
    "audio-lost": "A paragraph's audio is lost whenever it is made: has every worker the VORLESER_AUDIO_STORE of the service?",
    "default-voice-unusable": "VORLESER_VOICE cannot be used. {reason}",
    "engine-closed": "The engine is closed.",
    "engine-died": "The engine died ({how}).",
    "engine-failed-at": "The engine gave up on “{text}”: {error}",
    "engine-refused": "The engine refused: {error}",
    "engine-timeout": "The engine gave no answer in time.",
    "engine-too-short": "The engine gave {bytes} bytes of sound for {chars} characters, at least {due} were due.",
    "engine-unopened": "The engine cannot be opened: {error}",
    "engine-unstarted": "No engine worker can be started: {error}",
    "extra-missing": "Install vorleser[{extra}].",
    "fallback-no-help": "{reason} VORLESER_FALLBACK_VOICE is no help: {error}",
    "fallback-speaks": "Spoken by {voice}, since {asked} is not available: {reason}",
    "letters-unknown": "The voice knows no sound for “{word}” ({names}): choose another voice, or write it in other letters.",
    "no-german-voice": "No German voice can speak on this machine; install one.",
    "nothing-to-say": "The voice cannot say anything of “{text}”.",
    "pace-implausible": "The voice finds no plausible pace for “{text}”: choose another voice, or write it in other words.",
    "recorded": "{sentence}",  # by a version that had no such code
    "server-broke-off": "{name} broke off its answer. Try again later, or {advice}.",
    "server-busy": "{name} answered {answer}. Try again later, or choose another voice.",
    "server-endless": "{name} answered without end: {advice}.",
    "server-failed": "{name} answered {answer}: {advice}.",
    "server-no-audio": "{name} sent {what}. Try again later, or {advice}.",
    "server-refused": "{name} answered {answer}, so it does not serve us: {advice}.",
    "server-rests": "{reason} After {failures} failures in a row it is left alone for {pause_s} s.",
    "server-timeout": "{name} gave no answer in {limit_s} s. Try again later, or {advice}.",
    "server-too-short": "{name} sent {duration_s} s of sound for “{text}”. Try again later, or choose another voice.",
    "server-unproven": "{name} does not prove who it is ({error}); nothing was sent: {advice}.",
    "server-unreachable": "{name} cannot be reached: {reason}. Try again later, or {advice}.",
    "server-unsound": "{name} sent too little sound. Try again later, or choose another voice.",
    "sound-too-short": "The voice made {duration_s} s of sound for {letters} letters, which cannot be right: “{text}”. Try again, or choose another voice.",
    "speech-server": "The speech server {host}",
    "unexpected": "An unexpected error. The service's log tells more.",
    "voice-cannot-speak": "The voice {voice} cannot speak: {reason}",
    "voice-damaged": "The voice {voice} is damaged. Delete {model} and {config}, and run: vorleser voices install {voice}",
    "voice-file-damaged": "{file} is missing or damaged. Delete it if it is there. Run: vorleser voices install {voice}",
    "voice-incomplete": "{file} is missing. Run: vorleser voices install {voice}",
    "voice-not-installed": "Run: vorleser voices install {voice}",
    "voice-not-installed-nor-extra": "Install vorleser[{extra}]. Run: vorleser voices install {voice}",
    "voice-silent": "The voice {voice} is silent: choose another one.",
    "voice-unknown": "There is no voice {voice}; choose one of {voices}. More come with `vorleser voices install NAME` (a Piper voice, or supertonic), and with VORLESER_OPENAI_URL and VORLESER_OPENAI_VOICES from a speech server.",
}

REQUESTS = {
    "aac-missing": "AAC cannot be made here: take {formats}, or install vorleser[aac].",
    "article-changed": "The article “{article}” was changed since it was read: read it again, then try again.",
    "article-there": "The article “{article}” has this text and voice already: use it, or delete it.",
    "article-unknown": "There is no article “{article}”.",
    "body-half-character": "The body has half a character (a lone surrogate, such as \\ud83d without its half): send characters whole.",
    "body-latin-1": "The body is not in UTF-8 but in another encoding, perhaps Latin-1 or Windows-1252: JSON is always sent in UTF-8.",
    "body-no-json": 'The body is {kind}, and JSON is read here: send {{"text": "…"}} with “Content-Type: application/json”, or a file in the form field “file” (multipart/form-data).',
    "body-packing-damaged": "The body is not packed as its Content-Encoding says, or is cut short: send it again, or as it is.",
    "body-packing-unknown": "The body is packed as “{coding}”: send it with “Content-Encoding: gzip” or deflate, or as it is.",
    "body-utf-16": "The body is in UTF-16 or UTF-32: JSON is always sent in UTF-8.",
    "cast-part": "“{part}” is no part that a voice can be cast for: take one of {parts}",
    "cast-too-many": "a cast has {most} parts at most",
    "cast-voice": "The cast's voice for “{part}” cannot be used. {reason}",
    "change-missing": "give title, voice, rate, cast, extras, source_url, collections, or one of text, html, markdown",
    "clip-unknown": "There is no such clip.",
    "collection-there": "There is a collection “{collection}” already: use it, or take another title.",
    "collection-title": "give a title of 1 to 200 characters",
    "collection-empty": 'There is no collection “{collection}”, and no article is in it. POST /api/collections makes one, PATCH /api/articles/ID with {{"collections": ["…"]}} puts an article in.',
    "collection-name": "“{name}” is no name of a collection: take a to z, 0 to 9 and single hyphens, 64 characters at most",
    "cursor-unknown": "write the “next” of the page before, or leave it out",
    "edition-unknown": "The article “{article}” has no edition {edition} any more, or not yet: leave the number out for the last finished one.",
    "file-field-missing": "Send the article as a file in the form field “file”.",
    "host-unknown": "“{host}” is not known as a name of this service: call it by its IP address, or have the operator name it in VORLESER_ALLOWED_HOSTS or VORLESER_PUBLIC_URL.",
    "http-error": "{detail} ({status})",  # the framework answers
    "key-needed": "Writing needs a key: send “Authorization: Bearer KEY” with one of VORLESER_API_KEYS.",
    "keys-missing": "Nobody may write here yet: VORLESER_PUBLIC_URL lets others reach the service, and it has no keys. Set VORLESER_API_KEYS and start it again.",
    "form-boundary-missing": "The form has no boundary: leave its Content-Type to the program that makes it, or write multipart/form-data; boundary=… with what stands between its parts.",
    "form-files-several": "Send one file, in the form field “file”: each file is an article of its own.",
    "form-unreadable": "The form cannot be read: send multipart/form-data with one file in “file” and few short fields beside it, each part with a name, and all of it.",
    "language-tag": "write a language as BCP 47 has it, such as de, de-AT or en",
    "language-alone": "language goes with one of text, html, markdown",
    "method-not-allowed": "There is no such thing to do at this address.",
    "model-unknown": "There is no model {model}: take one of {models}.",
    "not-found": "There is nothing at this address.",
    "oembed-format": "Only format=json is answered.",
    "only-this-machine": "Without API keys only this machine may write, from the service's own pages. Set VORLESER_API_KEYS to let others in.",
    "page-unknown": "The url is not the address of an article of this service.",
    "paragraph-unknown": "The article has paragraphs 1 to {last}.",
    "range-outside": "The content has {size} bytes: ask for a range that begins within them.",
    "reading-key-needed": "This library is private: send “Authorization: Bearer KEY” with a read key or a token, or give a token in the address (?token=…); people sign in at /sign-in.",
    "request-invalid": "The request is not valid. {faults}.",
    "request-cut-off": "The request ended before all of it came: send it again.",
    "request-too-long": "The request is longer than the {limit_mb} MB that are read here: send the text alone, or in parts.",
    "source-not-one": "give exactly one of text, html, markdown, url",
    "source-url": "this is no web address: write one like https://zeitung.example/artikel, or leave it out",
    "speech-too-long": "The input has more than {limit} characters: send it in parts, or ask the operator to raise VORLESER_MAX_SPEECH_CHARS.",
    "token-name": "give the listener or place that it is for, in 1 to 200 characters",
    "token-unknown": "There is no such token: GET /api/tokens or vorleser tokens lists them.",
    "too-many-followers": "{most} already follow what becomes of articles here: ask for the manifest instead, try again later, or ask the operator to raise VORLESER_MAX_FOLLOWERS.",
    "too-many-requests": "More than {limit} requests without a right key in a minute: wait {wait_s} s, or ask the operator to raise VORLESER_WRITES_PER_MINUTE.",
    "track-incomplete": "Some paragraphs could not be spoken ({failed}), and a track is never short. See the manifest for the reason; POST …/retry tries again.",
    "track-unfinished": "The article is still being spoken: ask again when its state is ready, or take audio.mp3, which can be heard meanwhile.",
}

PARTS = {  # of other sentences; the German ones do without
    "answer-broken-off": "its answer broke off",
    "answer-late": "it gave no answer in time",
    "answer-missing": "there is no connection",
    "answer-status": "it answered {answer}",
    "check-speech-server": "check VORLESER_OPENAI_URL, _KEY, _VOICES and _MODEL",
    "choose-another-voice": "choose another voice",
    "sent-bytes": "{size} bytes that are no audio",
    "sent-json": "JSON instead of audio",
    "sent-json-saying": "JSON instead of audio ({told})",
    "sent-nothing": "nothing",
    "sent-page": "a web page instead of audio",
}

STORES = {
    "audio-store-lost": "The audio store broke down: {error}. Only a new process can use it again: start the service anew, with more file descriptors or memory.",
    "library-changes": "The library changes all the time: try again.",
    "audio-damaged": "Audio {name} is missing, damaged or shorter than recorded.",
    "audio-store-unusable": "The audio store cannot be used: {error}. Check VORLESER_AUDIO_STORE, for S3 also AWS_ENDPOINT_URL and the AWS_ keys.",
    "database-unreachable": "The database cannot be reached: {error}. Start it, or change VORLESER_DATABASE_URL, then try again.",
    "library-unusable": "The library cannot be used: {error}. Try again.",
    "machine-lacks": "The machine cannot speak for now: {error}. Try again.",
    "process-ends": "The process ends: the clip is left to the next one.",
    "service-busy": "Too many connections are open: try again in a moment.",
    "rendition-late": "The track takes long in this format: ask again in a few minutes, or take audio.mp3.",
    "queue-unusable": "The queue cannot be used: {error}. Try again.",
}

INSTALLING = {
    "download-by-hand": "{reason} Without a network, put the files of Supertonic 3 into the folder {folder}.",
    "download-damaged": "{file} came damaged; nothing was installed. Try again, or put the right one there by hand: {size} bytes, {algorithm} {digest}.",
    "download-failed": "The voice cannot be fetched from {host}: {reason}. Try again.",
    "download-unknown": "“{name}” is nothing that can be fetched; take one of {names}.",
    "download-unwritable": "The voice cannot be written into {folder}: {error}. Make room or let this user write there, then try again.",
    "download-without-network": "{reason} Without a network, put {model} and {config} into the folder {folder}.",
    "list-unreadable": "The list of Piper's voices cannot be read; try again later.",
    "piper-name": "“{name}” is no name of a Piper voice; write it like {example}.",
    "piper-unknown": "Piper has no voice {voice}; its German ones are {voices}.",
    "supertonic-terms": "Supertonic 3 is licensed under OpenRAIL-M: commercial use is allowed, listeners must be told that a machine speaks (Vorleser tells them), and attachment A of its LICENSE names uses that are not allowed.",
    "voice-tuned": "The voice was tuned from “{base}”, a voice whose licence is for research.",
}

OPERATOR = {
    "metrics-port-taken": "Port {port} of {host} cannot be listened on: {error}. End what listens there, or change VORLESER_METRICS_PORT.",
    "address-taken": "Port {port} of {host} cannot be listened on: {error}. End what listens there, or change VORLESER_PORT (--port) or VORLESER_HOST (--host).",
    "audio-store-unmade": "The audio store cannot be made: {error}. Set VORLESER_AUDIO_STORE to another folder.",
    "backup-damaged": "{file} is damaged ({error}): take another backup.",
    "backup-half": "{file} is half a backup: its end is missing. Take another one.",
    "backup-newer": "{file} was written by a newer Vorleser ({version}): restore it with that version.",
    "backup-nothing": "There is no library in {folder} to back up: set VORLESER_DATA_DIR to the service's data folder.",
    "backup-of-postgresql": "The library is in PostgreSQL, which has tools of its own: pg_dump backs it up, pg_restore restores it (and the audio is where VORLESER_AUDIO_STORE says).",
    "backup-of-s3": "The audio is on S3: back up the bucket by its own tools, and the library without --audio.",
    "backup-unknown": "{file} is no backup of Vorleser: it holds “{part}”.",
    "backup-unwritable": "{file} cannot be written: {error}. Nothing was left there; name a file on a disk with room.",
    "database-unprepared": "The database cannot be prepared: {error}. Mend it, or change VORLESER_DATABASE_URL, then try again.",
    "database-url": "VORLESER_DATABASE_URL cannot be understood: write postgresql://user:password@host/name, special characters of the password as %XX.",
    "fallback-voice-unusable": "VORLESER_FALLBACK_VOICE cannot be used. {reason}",
    "file-unreadable": "{file} cannot be read: {error}.",
    "folder-in-use": "Another Vorleser (process {process}) uses the data folder {folder}: end it, or set VORLESER_DATA_DIR to another one. Several services share a library on PostgreSQL (VORLESER_DATABASE_URL).",
    "folder-is-file": "{place} cannot be written: {file} is a file. Move it away, or set VORLESER_DATA_DIR to another folder.",
    "folder-of-another": "{place} cannot be written: it belongs to {owner} (mode {mode}), and this runs as {user}. Let this user write there (chown, chmod), or set VORLESER_DATA_DIR to another folder.",
    "folder-read-only": "{place} cannot be written: it is on a disk that is read-only. Mount it writable, or set VORLESER_DATA_DIR to another folder.",
    "folder-unusable": "{place} cannot be written: {error}. Mend that, or set VORLESER_DATA_DIR to another folder.",
    "lexicon-line": "{file}, line {line}: give the written form, a tab, and the spoken form.",
    "lexicon-unreadable": "The lexicon {file} cannot be read: {error}.",
    "library-damaged": "The library is damaged ({error}): restore a backup.",
    "library-disk": "The library cannot be used: {error}. Look after the disk that VORLESER_DATA_DIR is on: is it full, or read-only?",
    "library-locked": "Another program holds the library ({error}): end that, then try again.",
    "library-newer": "The library was written by a newer Vorleser (its tables are at {found}, this one knows them up to {known}): start that version or a newer one, or restore a backup from before.",
    "library-unwritable": "The library cannot be opened: {error}. Let this user write library.db and its folder, VORLESER_DATA_DIR.",
    "output-folder-missing": "{file} cannot be written: give -o a file in a folder that exists.",
    "output-missing": "Where to? Give -o FILE.mp3 when the article comes from standard input.",
    "output-unwritable": "{file} cannot be written: {error}.",
    "restore-audio-elsewhere": "The backup holds audio, but VORLESER_AUDIO_STORE is on S3: restore it without that setting, then copy the folder audio there.",
    "restore-failed": "{file} cannot be restored: {error}. Nothing was left behind; mend that, then try again.",
    "restore-not-empty": "{folder} is not empty (it holds {found}): a backup is restored into an empty folder only. Set VORLESER_DATA_DIR to a new one.",
    "settings-invalid": "{faults}. Change it and start again.",
    "worker-idle": "VORLESER_WORKERS=0 leaves a worker nothing to do: set it higher.",
    "worker-needs-database": "A worker needs the database of its service: set VORLESER_DATABASE_URL=postgresql://… and VORLESER_AUDIO_STORE for both alike. With SQLite the service speaks by itself.",
    "worker-other-store": "Nothing of what was spoken is in this worker's audio store: set VORLESER_AUDIO_STORE (and AWS_ENDPOINT_URL) as for the service.",
    "workers-elsewhere": "VORLESER_WORKERS=0 leaves the speaking to others: set VORLESER_DATABASE_URL=postgresql://… and run `vorleser worker` beside the service.",
}

SENTENCES = READING | SPEECH | REQUESTS | PARTS | STORES | INSTALLING | OPERATOR


class Reason(StrEnum):
    """Why a line of the source is not read; the value is the code."""

    ADDRESS = "address"
    ADVERTISING = "advertising"
    AI_VOICE_NOTE = "ai-voice-note"
    ANOTHER_TITLE = "another-title"
    ATTACHMENT = "attachment"
    APP_PROMPT = "app-prompt"
    AUTHOR_BOX = "author-box"
    BESIDE = "beside-the-article"
    BUTTON = "button"
    BYLINE = "byline"
    CAPTION = "caption"
    CODE = "code"
    COMMENTS = "comments"
    COMMENT_FORM = "comment-form"
    CONTACT = "contact"
    COOKIE_NOTICE = "cookie-notice"
    COUNTER = "counter"
    COVER = "cover"
    CREDIT = "credit-line"
    DATE_LINE = "date-line"
    EDIT_LINK = "edit-link"
    EXTERNAL = "external-content"
    FEEDBACK = "feedback-prompt"
    FOOTNOTE = "footnote"
    FOOTNOTE_MARK = "footnote-mark"
    FORM = "form"
    FORMULA = "formula"
    FRONT_MATTER = "front-matter"
    HEADLINE_AGAIN = "headline-again"
    HIDDEN = "hidden-on-the-page"
    IMPRINT = "imprint"
    INDEX = "index"
    INFOBOX = "infobox"
    JOBS = "job-offers"
    KEYWORDS = "keywords"
    KICKER = "kicker"
    LARGE_TABLE = "large-table"
    LINK_MARK = "link-mark"
    MAIL_HEAD = "head-of-the-mail"
    MARKUP = "markup"
    MISSING = "missing-from-the-book"
    NAVIGATION = "navigation"
    NEWSLETTER_PROMPT = "newsletter-prompt"
    NOTICE = "notice"
    NOT_PART = "not-part-of-the-article"
    OTHER_ARTICLES = "link-to-other-articles"
    OUTSIDE = "outside-the-reading-order"
    PAGE_FOOTER = "page-footer"
    PAGE_HEADER = "page-header"
    PAGE_NUMBER = "page-number"
    PAYWALL = "paywall"
    PHOTO_CREDIT = "photo-credit"
    PICTURE = "picture"
    PLAYER = "player"
    PLAY_PROMPT = "play-prompt"
    POLL = "poll"
    QUOTED_MAIL = "quoted-mail"
    QUOTE_SOURCE = "source-of-a-quotation"
    RATING = "rating"
    READING_TIME = "reading-time"
    RECORDED = "recorded"  # by a version that had no codes
    REFERENCES = "references"
    REPEATED = "repeats-the-text"
    SEPARATOR = "separator"
    SHARE_PROMPT = "share-prompt"
    SIGNATURE = "signature"
    SHORTCODE = "shortcode"
    STRUCK = "struck-out"
    SUBSCRIPTION_PROMPT = "subscription-prompt"
    TABLE_OF_CONTENTS = "table-of-contents"
    TITLE_ALONE = "title-without-text"
    TITLE_PAGE = "title-page"
    TOO_MANY = "too-many-to-list"

    @property
    def phrase(self) -> str:
        """It in English; what stands in `{braces}` are values."""
        return _PHRASES.get(self, self.value.replace("-", " "))


_PHRASES = {
    Reason.AI_VOICE_NOTE: "AI voice note",
    Reason.ANOTHER_TITLE: "another title is given",
    Reason.LARGE_TABLE: "table of {rows} rows and {columns} columns",
    Reason.PAYWALL: "behind a paywall: the page shows the beginning",
    Reason.RECORDED: "{phrase}",
    Reason.TITLE_ALONE: "a title without text",
}
