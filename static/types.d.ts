/**
 * What the service takes and answers, as its OpenAPI document tells it.
 * Made by `make types` from the shapes in service/web: change those, not this file.
 */
declare namespace Api {
  /** The process answers. */
  interface Alive {
    status: 'alive';
  }

  /** A page of a list. */
  interface ArticleList {
    articles: Summary[];
    /** The `cursor` of the next page; null on the last one. */
    next: string | null;
  }

  /** Event `article`: the state of the whole. */
  interface ArticleNews {
    id: string;
    state: State;
    /** How many paragraphs are. */
    ready: number;
    /** How many there are. */
    total: number;
  }

  /** The collection that a book's chapters are in. */
  interface Book {
    name: string;
    title: string;
  }

  /** A chapter of a track. */
  interface Chapter {
    /** Seconds in the track. */
    startTime: number;
    title: string;
  }

  /** Chapters as podcast apps read them (Podcasting 2.0, JSON chapters). */
  interface Chapters {
    version: '1.2.0';
    title: string;
    chapters: Chapter[];
  }

  /** Articles under a name; a book has its chapters. */
  interface Collection {
    /** Stands in its addresses, and stays. */
    name: string;
    title: string;
    /** How many it has. */
    articles: number;
    is_book: boolean;
    /** Address of its podcast feed. */
    feed: string;
  }

  /** All collections, in the order of their titles. */
  interface CollectionList {
    collections: Collection[];
  }

  /** A voice that can be fetched, and how far it is. */
  interface Download {
    name: string;
    title: string;
    /** Id of a voice that speaks once it is here. */
    voice: string;
    licence: string;
    /** Bytes in all. */
    size: number;
    /** What else is to be known, in English. */
    terms: string | null;
    terms_code: string | null;
    terms_params: Record<string, string | number | string[] | number[] | Said>;
    state: 'absent' | 'fetching' | 'ready' | 'failed';
    /** Bytes that are here. */
    there: number;
    /** Why it did not come, in English. */
    error: string | null;
    error_code: string | null;
    error_params: Record<string, string | number | string[] | number[] | Said>;
  }

  /** Those that are not here, for who may write. */
  interface DownloadList {
    downloads: Download[];
  }

  /** At most one source, and at least one change. */
  interface Edit {
    /** Plain text; its first line is the title, unless one is given. */
    text?: string;
    /** A page; what belongs to its article is looked for. */
    html?: string;
    markdown?: string;
    /** Address of a page or file, which is fetched. */
    url?: string;
    title?: string;
    /** Id of a voice; without one the default voice speaks. */
    voice?: string;
    /** The voice's pace, 1 is its own. */
    rate?: number;
    /** Of the text, where it cannot be told from it (RFC 5646). */
    language?: string;
    /** Voices by the parts that they read: `title`, `heading`, `quote`, `question`, `answer`, `speaker:NAME`, `language:CODE`. */
    cast?: Record<string, string>;
    /** What is read beside the text. */
    extras?: Extra[];
    /** Names of those that it belongs to. */
    collections?: string[];
    /** Where the text is from. */
    source_url?: string;
  }

  /** The player for a pasted link (oembed.com); sizes in pixels. */
  interface Embed {
    version: '1.0';
    type: 'rich';
    title: string;
    author_name?: string;
    provider_name: string;
    provider_url: string;
    html: string;
    width: number;
    height: number;
    /** Seconds. */
    cache_age: number;
    thumbnail_url?: string;
    thumbnail_width?: number;
    thumbnail_height?: number;
  }

  /** What stands beside the text, and is read for those who ask for it. */
  type Extra = 'alt' | 'asides' | 'captions' | 'footnotes' | 'tables';

  /** What is wrong with one field of a request. */
  interface FieldFault {
    /** Its name; of one within another the names with dots between them. */
    field: string;
    detail: string;
    code: string;
    params: Record<string, string | number>;
  }

  /** What a paragraph is in its article. */
  type Kind = 'title' | 'heading' | 'text' | 'quote' | 'list-item';

  /** A line of the source that is not read, and why. */
  interface LeftOut {
    text: string;
    /** In English. */
    why: string;
    /** The same for programs and translations. */
    code: string;
    params: Record<string, string | number | string[] | number[] | Said>;
    /** What is to be asked for to have it read, where that can be. */
    extra?: Extra;
  }

  /** A new token. */
  interface MadeToken {
    id: string;
    /** Whom or what it is for. */
    name: string;
    /** RFC 3339. */
    created_at: string;
    /** Its secret, which is told this once. */
    token: string;
  }

  /** Everything that a player needs; times are seconds in the track. */
  interface Manifest {
    id: string;
    title: string;
    byline: string | null;
    site: string | null;
    source_url: string | null;
    /** Address of the picture that the page shows with it. */
    picture: string | null;
    /** As the source tells it: a date, or a date and time (ISO 8601). */
    published_at: string | null;
    /** RFC 5646, such as `de`. */
    language: string;
    /** When it came here (RFC 3339). */
    created_at: string;
    /** Counts every change; as the manifest's ETag it is what If-Match takes. */
    version: number;
    /** Counts the changes that are heard. */
    edition: number;
    /** The one that listeners get; null where none was ever finished. */
    finished_edition: number | null;
    /** Id of the voice that speaks. */
    voice: string;
    /** Its pace; 1 is the voice's own. */
    rate: number;
    /** Ids of voices that read parts of it, by these parts. */
    cast: Record<string, string>;
    /** What is read beside the text. */
    extras: Extra[];
    /** Why another voice speaks than the one that was asked for, in English. */
    note: string | null;
    note_code: string | null;
    note_params: Record<string, string | number | string[] | number[] | Said>;
    /** The voice that was asked for, where another one speaks. */
    asked_voice: string | null;
    collections: string[];
    state: State;
    /** Seconds. */
    duration: number;
    /** True until every paragraph is ready. */
    duration_is_estimate: boolean;
    /** Address of the track. */
    audio: string;
    /** Address of its WebVTT. */
    captions: string;
    /** Address of its chapters. */
    chapters: string;
    /** Address of its page. */
    page: string;
    paragraphs: Paragraph[];
    /** Every line of the source that is not read: nothing disappears silently. */
    left_out: LeftOut[];
  }

  /** Exactly one source. */
  type NewArticle = {
    /** Plain text; its first line is the title, unless one is given. */
    text: string;
    title?: string;
    /** Id of a voice; without one the default voice speaks. */
    voice?: string;
    /** The voice's pace, 1 is its own. */
    rate?: number;
    /** Of the text, where it cannot be told from it (RFC 5646). */
    language?: string;
    /** Voices by the parts that they read: `title`, `heading`, `quote`, `question`, `answer`, `speaker:NAME`, `language:CODE`. */
    cast?: Record<string, string>;
    /** What is read beside the text. */
    extras?: Extra[];
    /** Names of those that it belongs to. */
    collections?: string[];
    /** Where the text is from. */
    source_url?: string;
  } | {
    /** A page; what belongs to its article is looked for. */
    html: string;
    title?: string;
    /** Id of a voice; without one the default voice speaks. */
    voice?: string;
    /** The voice's pace, 1 is its own. */
    rate?: number;
    /** Of the text, where it cannot be told from it (RFC 5646). */
    language?: string;
    /** Voices by the parts that they read: `title`, `heading`, `quote`, `question`, `answer`, `speaker:NAME`, `language:CODE`. */
    cast?: Record<string, string>;
    /** What is read beside the text. */
    extras?: Extra[];
    /** Names of those that it belongs to. */
    collections?: string[];
    /** Where the text is from. */
    source_url?: string;
  } | {
    markdown: string;
    title?: string;
    /** Id of a voice; without one the default voice speaks. */
    voice?: string;
    /** The voice's pace, 1 is its own. */
    rate?: number;
    /** Of the text, where it cannot be told from it (RFC 5646). */
    language?: string;
    /** Voices by the parts that they read: `title`, `heading`, `quote`, `question`, `answer`, `speaker:NAME`, `language:CODE`. */
    cast?: Record<string, string>;
    /** What is read beside the text. */
    extras?: Extra[];
    /** Names of those that it belongs to. */
    collections?: string[];
    /** Where the text is from. */
    source_url?: string;
  } | {
    /** Address of a page or file, which is fetched. */
    url: string;
    title?: string;
    /** Id of a voice; without one the default voice speaks. */
    voice?: string;
    /** The voice's pace, 1 is its own. */
    rate?: number;
    /** Of the text, where it cannot be told from it (RFC 5646). */
    language?: string;
    /** Voices by the parts that they read: `title`, `heading`, `quote`, `question`, `answer`, `speaker:NAME`, `language:CODE`. */
    cast?: Record<string, string>;
    /** What is read beside the text. */
    extras?: Extra[];
    /** Names of those that it belongs to. */
    collections?: string[];
    /** Where the text is from. */
    source_url?: string;
  };

  /** What a collection is called; its name is made of that, unless it is given. */
  interface NewCollection {
    title: string;
    name?: string;
  }

  /** What is to be fetched: `supertonic`, or `piper:NAME`. */
  interface NewDownload {
    name: string;
  }

  /** Whom or what it is for. */
  interface NewToken {
    name: string;
  }

  /** A paragraph of an article, and how far its speaking is. */
  interface Paragraph {
    /** From 1, which is the article's title. */
    number: number;
    kind: Kind;
    /** In an interview. */
    role: 'question' | 'answer' | null;
    /** Whose words they are, in an interview. */
    speaker: string | null;
    /** Id of the voice that reads it. */
    voice: string;
    text: string;
    /** Of a list's item that is counted: it is spoken, and no part of `text`. */
    list_number?: number;
    /** Where it is not the article's. */
    language?: string;
    /** What had to be asked for to have it read, where that had to be. */
    extra?: Extra;
    state: State;
    /** Why it failed, in English. */
    error: string | null;
    error_code: string | null;
    error_params: Record<string, string | number | string[] | number[] | Said>;
    /** Address of its sound alone. */
    clip: string;
    /** Seconds in the track, estimated until everything before it is ready. */
    start: number;
    /** Seconds. */
    duration: number;
    /** The pace of the speech itself, pauses not counted; null until it is ready. */
    letters_per_second: number | null;
    sentences: Sentence[];
  }

  /** Event `paragraph`: its state and, once that is `ready` or `failed`, what became of it. */
  interface ParagraphNews {
    number: number;
    state: State;
    error?: string | null;
    error_code?: string | null;
    error_params?: Record<string, string | number | string[] | number[] | Said>;
    clip?: string;
    start?: number;
    duration?: number;
    letters_per_second?: number | null;
    sentences?: Times[];
  }

  /** The manifest of what was posted; of a book that of its first chapter. */
  interface Posted {
    id: string;
    title: string;
    byline: string | null;
    site: string | null;
    source_url: string | null;
    /** Address of the picture that the page shows with it. */
    picture: string | null;
    /** As the source tells it: a date, or a date and time (ISO 8601). */
    published_at: string | null;
    /** RFC 5646, such as `de`. */
    language: string;
    /** When it came here (RFC 3339). */
    created_at: string;
    /** Counts every change; as the manifest's ETag it is what If-Match takes. */
    version: number;
    /** Counts the changes that are heard. */
    edition: number;
    /** The one that listeners get; null where none was ever finished. */
    finished_edition: number | null;
    /** Id of the voice that speaks. */
    voice: string;
    /** Its pace; 1 is the voice's own. */
    rate: number;
    /** Ids of voices that read parts of it, by these parts. */
    cast: Record<string, string>;
    /** What is read beside the text. */
    extras: Extra[];
    /** Why another voice speaks than the one that was asked for, in English. */
    note: string | null;
    note_code: string | null;
    note_params: Record<string, string | number | string[] | number[] | Said>;
    /** The voice that was asked for, where another one speaks. */
    asked_voice: string | null;
    collections: string[];
    state: State;
    /** Seconds. */
    duration: number;
    /** True until every paragraph is ready. */
    duration_is_estimate: boolean;
    /** Address of the track. */
    audio: string;
    /** Address of its WebVTT. */
    captions: string;
    /** Address of its chapters. */
    chapters: string;
    /** Address of its page. */
    page: string;
    paragraphs: Paragraph[];
    /** Every line of the source that is not read: nothing disappears silently. */
    left_out: LeftOut[];
    /** All chapters of a book, in order. */
    articles?: Summary[];
    book?: Book;
  }

  /** What went wrong and what to do (RFC 9457); `code` is what programs know it by. */
  interface Problem {
    type: 'about:blank';
    /** The status in words. */
    title: string;
    status: number;
    /** Stable: one is never given another meaning. */
    code: string;
    params: Record<string, string | number | string[] | number[] | Said>;
    /** What went wrong and what to do, in English. */
    detail: string;
    /** The fields that are wrong, with 422. */
    errors?: FieldFault[];
    /** The numbers of the paragraphs that failed, with 409 where a track has some. */
    failed?: number[];
  }

  /** Everything that it needs can be used. */
  interface Ready {
    status: 'ready';
    /** Id of the default voice. */
    voice: string;
  }

  /** What a collection is called from now on; its address and its episodes' ids stay. */
  interface Renamed {
    title: string;
  }

  /** A sentence: its code, the values in it, and its English. */
  interface Said {
    code: string;
    params: Record<string, string | number | string[] | number[] | Said>;
    detail: string;
  }

  /** A sentence; its times are seconds in the track, measured once its paragraph is ready. */
  interface Sentence {
    /** As it is written. */
    text: string;
    /** As the voice gets it. */
    spoken: string;
    start: number;
    end: number;
  }

  /** What a person shows. */
  interface SignIn {
    /** A read key or a token. */
    key?: string;
    /** The path to go on to. */
    to?: string;
  }

  /** In what order lists are. */
  type Sort = 'newest' | 'oldest' | 'title';

  /** The voice failed on the way. */
  interface SpeechBroken {
    type: 'error';
    error: SpeechFault;
  }

  /** A part of the sound. */
  interface SpeechDelta {
    type: 'speech.audio.delta';
    /** In base64. */
    audio: string;
  }

  /** All of the sound was sent. */
  interface SpeechDone {
    type: 'speech.audio.done';
    usage: SpeechUsage;
  }

  /** The data of one event of a stream. */
  type SpeechEvent = SpeechDelta | SpeechDone | SpeechBroken;

  /** What went wrong, as OpenAI's clients read it. */
  interface SpeechFault {
    message: string;
    type: 'invalid_request_error' | 'server_error';
    /** The field that is wrong. */
    param: string | null;
    code: string;
  }

  /** A name that clients send as `model`. */
  interface SpeechModel {
    id: string;
    object: 'model';
    created: number;
    owned_by: string;
  }

  /** All of them. */
  interface SpeechModelList {
    object: 'list';
    data: SpeechModel[];
  }

  /** An error as OpenAI's clients read it. */
  interface SpeechProblem {
    error: SpeechFault;
  }

  /** OpenAI's fields; what is not known is passed over, as OpenAI's clients send more. */
  interface SpeechRequest {
    /** What is spoken. */
    input: string;
    /** Any name: it makes no difference. */
    model?: string;
    /** Id of a voice, or one of OpenAI's names, which are the default voice. */
    voice?: string;
    response_format?: 'mp3' | 'opus' | 'aac' | 'flac' | 'wav' | 'pcm';
    /** The voice's pace, 1 is its own. */
    speed?: number;
    /** As it is, or as events with parts of it in base64. */
    stream_format?: 'audio' | 'sse';
  }

  /** Nothing is counted here. */
  interface SpeechUsage {
    input_tokens: number;
    output_tokens: number;
    total_tokens: number;
  }

  /** A voice that can speak here. */
  interface SpeechVoice {
    id: string;
    name: string;
  }

  /** The voices that can speak here. */
  interface SpeechVoiceList {
    voices: SpeechVoice[];
  }

  /** How far the speaking of a paragraph, or of a whole article, has come. */
  type State = 'queued' | 'speaking' | 'ready' | 'failed';

  /** An article without its paragraphs, as lists show it. */
  interface Summary {
    id: string;
    title: string;
    byline: string | null;
    site: string | null;
    source_url: string | null;
    /** Address of the picture that the page shows with it. */
    picture: string | null;
    /** As the source tells it: a date, or a date and time (ISO 8601). */
    published_at: string | null;
    /** RFC 5646, such as `de`. */
    language: string;
    /** When it came here (RFC 3339). */
    created_at: string;
    /** Counts every change; as the manifest's ETag it is what If-Match takes. */
    version: number;
    /** Counts the changes that are heard. */
    edition: number;
    /** The one that listeners get; null where none was ever finished. */
    finished_edition: number | null;
    /** Id of the voice that speaks. */
    voice: string;
    /** Its pace; 1 is the voice's own. */
    rate: number;
    /** Ids of voices that read parts of it, by these parts. */
    cast: Record<string, string>;
    /** What is read beside the text. */
    extras: Extra[];
    /** Why another voice speaks than the one that was asked for, in English. */
    note: string | null;
    note_code: string | null;
    note_params: Record<string, string | number | string[] | number[] | Said>;
    /** The voice that was asked for, where another one speaks. */
    asked_voice: string | null;
    collections: string[];
    state: State;
    /** Seconds. */
    duration: number;
    /** True until every paragraph is ready. */
    duration_is_estimate: boolean;
    /** Address of the track. */
    audio: string;
    /** Address of its WebVTT. */
    captions: string;
    /** Address of its chapters. */
    chapters: string;
    /** Address of its page. */
    page: string;
  }

  /** Of a sentence, in seconds of the track. */
  interface Times {
    start: number;
    end: number;
  }

  /** A token, whose secret is known to nobody but its holder. */
  interface Token {
    id: string;
    /** Whom or what it is for. */
    name: string;
    /** RFC 3339. */
    created_at: string;
  }

  /** All tokens, the oldest first. */
  interface TokenList {
    tokens: Token[];
  }

  /** An engine with one of its voices. */
  interface Voice {
    id: string;
    name: string;
    engine: string;
    /** RFC 5646, such as `de-DE`. */
    language: string;
    licence: string;
    /** Whether text leaves the machine. */
    online: boolean;
    /** Whether it can speak here. */
    available: boolean;
    /** Why it cannot, and what to do, in English. */
    reason: string | null;
    reason_code: string | null;
    reason_params: Record<string, string | number | string[] | number[] | Said>;
    /** Whether it speaks where none is asked for. */
    default: boolean;
  }

  /** Every voice. */
  interface VoiceList {
    voices: Voice[];
  }

  /** When which words are heard. */
  interface Words {
    /** By the paragraph's number, `from, to, at` of one word after the other: `from` and `to` (exclusive) in UTF-16 units of its text, `at` in hundredths of a second from its start. */
    paragraphs: Record<string, number[]>;
  }

  /** Event `words`: the paragraph's words are known by now, for `/words` to tell. */
  interface WordsNews {
    number: number;
  }
}
