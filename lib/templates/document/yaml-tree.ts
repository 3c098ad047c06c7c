import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import { longFormOf, type Tags, withDots } from './yaml-tags.ts';

/** More than anybody nests, and little enough for the parser, which calls itself for each level. */
const deepest = 100;

/**
 * What this reader leaves to the other one: properties that begin a line, which the parser reads twice at each level, directives,
 * ends of documents, tabs, and characters by which readers differ.
 */
const unusual =
  /^[ \t]*(?:[-?:][ \t]+)*[!&]|^(?: *[\t%]| +---|\.\.\.| +\.\.\.)|\r(?!\n)|[\u0085\u2028\u2029\ufeff]/m;

/** Anchors, aliases, merges, tags of the language, keys that are no words of their own or stand there already. */
class NotPlain extends Error {}

type Collection = MappingEvent | SequenceEvent;
const isScalar = (event: Event | undefined): event is ScalarEvent =>
  event?.type === EVENT_ID.SCALAR;
export const isCollection = (event: Event | undefined): event is Collection =>
  event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE;

/** Account numbers begin with zeros, and versions are no numbers: what a number would not write is a text. */
export const numberOf = (value: number, source: string): number | string =>
  String(value) === source ||
  (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(source) && Number.isSafeInteger(value))
    ? value
    : source;

const numeric = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
/** What a word without quotes means. https://yaml.org/spec/1.2.2/#103-core-schema */
const plainValue = (text: string): unknown => {
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default: {
      const first = text.charCodeAt(0);
      // Digits, and the signs and the dot that stand before them.
      const mayBeNumber =
        first <= 57 && (first >= 48 || first === 43 || first === 45 || first === 46);
      return mayBeNumber && numeric.test(text) ? numberOf(Number(text), text) : text;
    }
  }
};

/** The events of a text, with what they say. */
export interface PlainYaml {
  readonly text: string;
  readonly events: readonly Event[];
  /** Of an event that opens something, the one that closes it. */
  readonly closes: Int32Array;
  readonly documents: readonly PlainDocument[];
  /** What the event of a key says. */
  keyAt(index: number): string;
}
export interface PlainDocument {
  readonly tree: unknown;
  /** The event of what it holds. */
  readonly root: number;
}

/** Where readers differ: a text that says itself how far it is indented or keeps its last lines, and one in quotes that goes over lines. */
const isUnsure = (
  text: string,
  { style, fast, chomping, valueStart, valueEnd }: ScalarEvent,
): boolean => {
  if (fast || valueStart === -1 || style === SCALAR_STYLE.PLAIN) return false;
  if (chomping === CHOMPING_MODE.KEEP) return true;
  const isBlock = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
  if (!isBlock) return text.slice(valueStart, valueEnd).includes('\n');
  const header = text.slice(text.lastIndexOf('\n', valueStart - 2) + 1, valueStart);
  return /[|>][-+]?[1-9]/.test(header);
};
/** None, one over lines, one of more characters than the other reader takes, or in brackets one whose colon stands on a later line. */
const isUnusualKey = (
  text: string,
  { fast, valueStart, valueEnd }: ScalarEvent,
  style: MappingEvent['style'],
): boolean =>
  valueStart === -1 ||
  valueEnd - valueStart > 1000 ||
  (!fast && text.slice(valueStart, valueEnd).includes('\n')) ||
  (style === COLLECTION_STYLE.FLOW &&
    /^['"]?[ \t]*[\r\n#]/.test(text.slice(valueEnd, valueEnd + 200)));

const scalarIn = (text: string, event: ScalarEvent): unknown => {
  const said = getScalarValue(text, event);
  // With a tag it is the text that it is.
  return event.style === SCALAR_STYLE.PLAIN && event.tagStart === -1 ? plainValue(said) : said;
};

/** The form of a tag, such as `Fn::Sub`; `undefined` where there is none, or where it means nothing. */
export const formAt = (
  { text, events }: Pick<PlainYaml, 'text' | 'events'>,
  index: number,
  tags?: Tags,
): string | undefined => {
  const event = events[index];
  if (!(isScalar(event) || isCollection(event)) || event.tagStart === -1) return undefined;
  const tag = text.slice(event.tagStart, event.tagEnd);
  const form = longFormOf(tag);
  if (form === undefined || !/\s/.test(text[event.tagEnd] ?? ' ')) throw new NotPlain();
  return (tags?.has(tag) ?? true) ? form : undefined;
};

/** What may stand between the last item of a bracket and its end. */
const beforeBracket = /(?:[\s,:?]|#.*)*/y;

/** Puts trees together of events, which come in the order of the text. */
class Builder {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #tags: Tags | undefined;
  readonly closes: Int32Array;
  #at = 0;
  /** Where the last text or bracket that was passed ends, and how many brackets are open. */
  #end = 0;
  #brackets = 0;
  constructor(text: string, events: readonly Event[], tags: Tags | undefined) {
    this.#text = text;
    this.#events = events;
    this.#tags = tags;
    this.closes = new Int32Array(events.length);
  }
  documents(): readonly PlainDocument[] {
    const found: PlainDocument[] = [];
    while (this.#at < this.#events.length) {
      const root = this.#at + 1;
      this.#at = root;
      const event = this.#events[root];
      // What is no mapping and no list is nobody's document, unless it is empty.
      if (isScalar(event) && event.valueStart !== -1) throw new NotPlain();
      found.push({ root, tree: this.#value() });
      // Behind what closes the document.
      this.#at += 1;
    }
    return found;
  }
  #value(): unknown {
    const index = this.#at;
    const event = this.#events[index];
    this.#at += 1;
    if (!(isScalar(event) || isCollection(event)) || event.anchorStart !== -1) throw new NotPlain();
    if (isScalar(event) && isUnsure(this.#text, event)) throw new NotPlain();
    const opening = isCollection(event) ? this.#opened(event) : undefined;
    const value = isScalar(event)
      ? scalarIn(this.#text, event)
      : event.type === EVENT_ID.MAPPING
        ? this.#mapping(event)
        : this.#sequence();
    if (isCollection(event)) {
      this.closes[index] = this.#at;
      this.#at += 1;
      if (opening !== undefined) this.#closed(opening);
    } else this.#passed(event);
    if (event.tagStart === -1) return value;
    // Where what a tag is of may stand on a later line, readers differ.
    if (isScalar(event) && event.valueStart === -1) throw new NotPlain();
    const form = formAt({ text: this.#text, events: this.#events }, index, this.#tags);
    return form === undefined ? value : { [form]: withDots(form, value) };
  }
  #passed({ style, valueStart, valueEnd }: ScalarEvent): void {
    const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
    if (valueStart !== -1) this.#end = valueEnd + (isQuoted ? 1 : 0);
  }
  /** The bracket that opens a list or a mapping; a pair in a list has none. */
  #opened({ style, start }: Collection): string | undefined {
    const sign = style === COLLECTION_STYLE.FLOW ? this.#text[start] : undefined;
    if (sign !== '[' && sign !== '{') return undefined;
    this.#end = start + 1;
    this.#brackets += 1;
    return sign;
  }
  /** Goes behind the bracket that closes it. Behind the outermost one nothing may stand on its line without a blank. */
  #closed(opening: string): void {
    beforeBracket.lastIndex = this.#end;
    beforeBracket.test(this.#text);
    const at = beforeBracket.lastIndex;
    if (this.#text[at] !== (opening === '[' ? ']' : '}')) throw new NotPlain();
    this.#end = at + 1;
    this.#brackets -= 1;
    if (this.#brackets === 0 && !/\s/.test(this.#text[at + 1] ?? ' ')) throw new NotPlain();
  }
  #key({ style }: MappingEvent): string {
    const event = this.#events[this.#at];
    this.#at += 1;
    if (!isScalar(event) || event.anchorStart !== -1 || event.tagStart !== -1) throw new NotPlain();
    if (isUnsure(this.#text, event) || isUnusualKey(this.#text, event, style)) throw new NotPlain();
    this.#passed(event);
    const key = String(scalarIn(this.#text, event));
    if (key === '<<' || key === '__proto__') throw new NotPlain();
    return key;
  }
  #mapping(event: MappingEvent): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    while (this.#events[this.#at]?.type !== EVENT_ID.POP) {
      const key = this.#key(event);
      if (Object.hasOwn(made, key)) throw new NotPlain();
      made[key] = this.#value();
    }
    return made;
  }
  #sequence(): readonly unknown[] {
    const made: unknown[] = [];
    while (this.#events[this.#at]?.type !== EVENT_ID.POP) made.push(this.#value());
    return made;
  }
}

/**
 * Reads YAML as most of it is written, several times as fast as by a tree that can be edited. `undefined` for what is unusual, or
 * wrong: who edits reads that, and says what is wrong.
 */
export const plainYamlIn = (text: string, tags: Tags | undefined): PlainYaml | undefined => {
  if (unusual.test(text)) return undefined;
  let events: readonly Event[];
  try {
    events = parseEvents(text, { maxDepth: deepest });
  } catch {
    return undefined;
  }
  const builder = new Builder(text, events, tags);
  try {
    const documents = builder.documents();
    const keyAt = (index: number): string => {
      const event = events[index];
      return isScalar(event) ? String(scalarIn(text, event)) : '';
    };
    return { text, events, closes: builder.closes, documents, keyAt };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
};
