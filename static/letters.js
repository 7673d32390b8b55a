/** A paragraph's letters, and where they stand on the page. */

/** @typedef {{node: Text, start: number, end: number}} Piece */

// a comma, semicolon, colon or dash with what closes behind it
const BREAK = /[,;:–—]["'“”»«)\]]*\s+/g;
const SHORTEST = 12; // letters of a clause; what is shorter goes with the next

export class Letters {
  /** @type {Piece[]} */
  #pieces = [];
  /** @type {number[] | undefined} */
  #clauses;

  /** @param {Element} paragraph @param {HTMLElement[]} sentences */
  constructor(paragraph, sentences) {
    this.paragraph = paragraph;
    this.sentences = sentences;
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let start = 0; walker.nextNode(); start += this.#pieces[this.#pieces.length - 1].node.length) {
      const node = /** @type {Text} */ (walker.currentNode);
      this.#pieces.push({ node, start, end: start + node.length });
    }
  }

  /** The stretch between two letters; null where the text on the page is another by now. @param {number} from @param {number} to */
  range(from, to) {
    const first = this.#pieces.find(({ end }) => from < end);
    const last = this.#pieces.find(({ end }) => to <= end);
    if (!first || !last || first.node.length < from - first.start || last.node.length < to - last.start) return null;
    const range = document.createRange();
    range.setStart(first.node, from - first.start);
    range.setEnd(last.node, to - last.start);
    return range;
  }

  /** From and to of an element in it. @param {Element} element */
  reach(element) {
    const inside = this.#pieces.filter(({ node }) => element.contains(node));
    return [inside[0]?.start ?? 0, inside[inside.length - 1]?.end ?? 0];
  }

  /** Which letter stands at a place in a node; null outside. @param {Node | null | undefined} node @param {number} offset */
  at(node, offset) {
    const piece = this.#pieces.find((one) => one.node === node);
    return piece ? piece.start + offset : null;
  }

  /** From and to of the clause with a letter. @param {number} letter */
  clause(letter) {
    this.#clauses ??= this.#findClauses();
    const next = this.#clauses.findIndex((start) => start > letter);
    const [from, to] = this.#clauses.slice(next - 1, next + 1);
    return [from, from + this.#text.slice(from, to).trimEnd().length];
  }

  get #text() {
    return this.#pieces.map(({ node }) => node.data).join('');
  }

  /** Where clauses begin, and where the last one ends. */
  #findClauses() {
    const text = this.#text;
    const begins = this.sentences.map((one) => this.reach(one)[0]);
    const inner = [...text.matchAll(BREAK)].map((found) => found.index + found[0].length);
    const sorted = [...new Set([...begins, ...inner, text.length])].sort((one, other) => one - other);
    const fixed = new Set([...begins, text.length]);
    /** @type {number[]} */
    const kept = [];
    for (const [place, start] of sorted.entries()) {
      const next = sorted[place + 1] ?? Infinity;
      const isShort = start - (kept[kept.length - 1] ?? 0) < SHORTEST || next - start < SHORTEST;
      if (fixed.has(start) || !isShort) kept.push(start);
    }
    return kept;
  }
}
