/** What the player makes of the service's shapes (types.d.ts). No browser loads this file. */

type State = Api.State;
type Value = Api.Problem['params'][string];

/** Of failures kept by older versions of the service the sentence alone is known. */
type Said = Partial<Api.Said> & Pick<Api.Said, 'detail'>;

/** Pages hold what is read of a manifest: no spoken forms, and no text that sentences repeat. */
type Sentence = Omit<Api.Sentence, 'spoken'>;

interface Paragraph extends Omit<Api.Paragraph, 'text' | 'voice' | 'role' | 'speaker' | 'letters_per_second' | 'sentences'> {
  /** Of a chapter's head; elsewhere the sentences have it. */
  text?: string;
  /** In interviews. */
  role?: Api.Paragraph['role'];
  speaker?: string | null;
  sentences: Sentence[];
}

type Summary = Api.Summary;
type Collection = Api.Collection;

interface Manifest extends Summary, Pick<Api.Manifest, 'left_out'> {
  paragraphs: Paragraph[];
}

/** An event: of a paragraph (`number`), of its words, or of the whole article (`total`). */
interface Report extends Partial<Omit<Api.ParagraphNews & Api.ArticleNews, 'state'>> {
  state: State;
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
