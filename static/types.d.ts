/** What the modules speak of. For the type checker alone: no browser loads this file. */

type State = 'queued' | 'speaking' | 'ready' | 'failed';

/** Times are seconds in the track. */
interface Sentence {
  text: string;
  start: number;
  end: number;
}

/** What the service says: a code, its values, and the English made of them. */
interface Said {
  /** Missing in what older versions said. */
  code?: string;
  params?: Record<string, Value>;
  detail: string;
}

type Value = string | number | (string | number)[] | Said;

interface Paragraph {
  /** From 1. */
  number: number;
  kind: 'title' | 'heading' | 'text' | 'quote' | 'list-item';
  /** Of a chapter's head; elsewhere the sentences have it. */
  text?: string;
  /** Where it is not the article's. */
  language?: string;
  /** In interviews. */
  role?: 'question' | 'answer';
  speaker?: string;
  state: State;
  error: string | null;
  error_code: string | null;
  error_params: Record<string, Value>;
  clip: string | null;
  start: number;
  duration: number;
  sentences: Sentence[];
}

interface Summary {
  id: string;
  title: string;
  byline: string | null;
  site: string | null;
  source_url: string | null;
  /** Address of the lead picture, elsewhere. */
  picture: string | null;
  language: string;
  created_at: string;
  /** Names of those that it is in. */
  collections: string[];
  edition: number;
  /** The one that listeners get; null where none was ever finished. */
  finished_edition: number | null;
  voice: string;
  /** Ids of voices that read parts of it. */
  cast: Record<string, string>;
  /** Its pace, 1 is its own; what the listener chooses comes on top. */
  rate: number;
  /** Why another voice speaks than the one that was asked for. */
  note: string | null;
  note_code: string | null;
  note_params: Record<string, Value>;
  state: State;
  duration: number;
  duration_is_estimate: boolean;
  audio: string;
  /** Path of its page. */
  page: string;
}

/** Articles under a name, which is its address; a book has its chapters. */
interface Collection {
  name: string;
  title: string;
  articles: number;
  is_book: boolean;
}

interface Manifest extends Summary {
  paragraphs: Paragraph[];
  left_out: { text: string; why: string; code: string; params: Record<string, Value> }[];
}

/** An event of the service: of a paragraph, or of the whole article (with `total`). */
interface Report extends Partial<Pick<Paragraph, 'error' | 'error_code' | 'error_params' | 'start' | 'duration'>> {
  state: State;
  number?: number;
  /** Once the paragraph is ready or failed. */
  clip?: string;
  sentences?: { start: number; end: number }[];
  total?: number;
}

/** What keeps the sound away; `paragraph` is the failed one. */
interface Trouble {
  kind: 'offline' | 'gone' | 'noMp3' | 'broken' | 'blocked' | 'failed';
  paragraph?: Paragraph;
}

/** A sheet of the panel; one that is below another has a way back. */
interface View {
  title: string;
  content: Node[];
  isBelow?: boolean;
}

type Store = import('./store.js').Store;
type Player = import('./vorleser-player.js').VorleserPlayer;
type Icon = import('./dom.js').Icon;
type Key = import('./strings.js').Key;
