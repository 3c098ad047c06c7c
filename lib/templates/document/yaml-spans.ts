import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Path } from './document.ts';
import { formAt, isCollection, type PlainYaml } from './yaml-tree.ts';

/** From where to where something stands. */
type Span = readonly [from: number, to: number];
/** The events of a pair; an item of a list has no key. */
interface Member {
  readonly key: number | undefined;
  readonly value: number;
}

/** Spaces, and what may stand between the last item of a bracket and its end. */
const blanks = /[ \t]*/y;
const beforeBracket = /(?:[\s,]|#.*)*/y;
/** The rest of a line, with its comment and its end. */
const restOfLine = /[ \t]*(?:(?<=[ \t])#.*)?(?:\r?\n|$)/y;
const commentBelow = /(?:[ \t]*\r?\n)*[ \t]*#/y;

/** Where a pattern ends that begins at an offset; `undefined` where it does not fit. */
const behind = (pattern: RegExp, text: string, from: number): number | undefined => {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
};

/**
 * Tells where the parts of a text stand, as the tree that can be edited has it: what is in lines ends behind its last line.
 * `undefined` where comments below, empty values or texts over several lines decide it.
 */
export class YamlSpans {
  readonly #text: string;
  readonly #yaml: PlainYaml;
  readonly #members = new Map<number, ReadonlyMap<string, Member>>();
  constructor(yaml: PlainYaml) {
    this.#yaml = yaml;
    this.#text = yaml.text;
  }
  /**
   * Of the part of a document at a path, its key with it, or of what is nearest above.
   * @param root the event of what the document holds
   */
  at(root: number, path: Path): Span | undefined {
    let part: Member = { key: undefined, value: root };
    for (const step of path) {
      // A short form stands for its key.
      if (formAt(this.#yaml, part.value) === step) continue;
      const isItem = typeof step === 'number' || !this.#isOf(part.value, EVENT_ID.SEQUENCE);
      const next = isItem ? this.#membersOf(part.value).get(String(step)) : undefined;
      if (!next) break;
      part = next;
    }
    const from = this.#beginOf(part.key ?? part.value);
    const to = this.#endOf(part);
    return from === undefined || to === undefined ? undefined : [from, to];
  }
  #isOf(index: number, type: Event['type']): boolean {
    return this.#yaml.events[index]?.type === type;
  }
  #scalar(index: number): ScalarEvent | undefined {
    const event = this.#yaml.events[index];
    return event?.type === EVENT_ID.SCALAR ? event : undefined;
  }
  /** The event behind a value. */
  #behind(index: number): number {
    return (
      (isCollection(this.#yaml.events[index]) ? (this.#yaml.closes[index] ?? index) : index) + 1
    );
  }
  #membersOf(index: number): ReadonlyMap<string, Member> {
    const known = this.#members.get(index);
    if (known) return known;
    const members = new Map<string, Member>();
    for (const [name, member] of this.#listed(index)) members.set(name, member);
    this.#members.set(index, members);
    return members;
  }
  *#listed(index: number): Iterable<readonly [string, Member]> {
    const event = this.#yaml.events[index];
    if (!isCollection(event)) return;
    const end = this.#yaml.closes[index] ?? index;
    const isMapping = event.type === EVENT_ID.MAPPING;
    for (let at = index + 1, count = 0; at < end; count += 1) {
      const value = isMapping ? at + 1 : at;
      yield isMapping
        ? [this.#yaml.keyAt(at), { key: at, value }]
        : [String(count), { key: undefined, value }];
      at = this.#behind(value);
    }
  }
  #last(index: number): Member | undefined {
    return [...this.#membersOf(index).values()].at(-1);
  }
  #beginOf(index: number): number | undefined {
    const event = this.#yaml.events[index];
    if (isCollection(event)) return event.start;
    const scalar = this.#scalar(index);
    if (!scalar || scalar.valueStart === -1) return undefined;
    switch (scalar.style) {
      case SCALAR_STYLE.PLAIN:
        return scalar.valueStart;
      case SCALAR_STYLE.SINGLE_QUOTED:
      case SCALAR_STYLE.DOUBLE_QUOTED:
        return scalar.valueStart - 1;
      default:
        return undefined;
    }
  }
  #endOf({ key, value }: Member): number | undefined {
    const event = this.#yaml.events[value];
    if (isCollection(event))
      return event.style === COLLECTION_STYLE.FLOW
        ? this.#bracketOf(value, event.start)
        : this.#endOfLines(value);
    const scalar = this.#scalar(value);
    if (!scalar) return undefined;
    if (scalar.valueStart === -1)
      return key === undefined || scalar.tagStart !== -1 ? undefined : this.#endOfNothing(key);
    switch (scalar.style) {
      case SCALAR_STYLE.PLAIN:
        return scalar.valueEnd;
      case SCALAR_STYLE.SINGLE_QUOTED:
      case SCALAR_STYLE.DOUBLE_QUOTED:
        return scalar.valueEnd + 1;
      default:
        return undefined;
    }
  }
  /** Nothing stands behind the colon, and the blanks that follow it. */
  #endOfNothing(key: number): number | undefined {
    const end = this.#endOf({ key: undefined, value: key });
    const colon = end === undefined ? undefined : behind(blanks, this.#text, end);
    if (colon === undefined || this.#text[colon] !== ':') return undefined;
    return behind(blanks, this.#text, colon + 1);
  }
  /** Behind the bracket that closes a list or a mapping. */
  #bracketOf(index: number, start: number): number | undefined {
    const opening = this.#text[start];
    const closing = opening === '{' ? '}' : opening === '[' ? ']' : undefined;
    const last = this.#last(index);
    const inner = last ? this.#endOf(last) : start + 1;
    const at = inner === undefined ? undefined : behind(beforeBracket, this.#text, inner);
    return at !== undefined && closing !== undefined && this.#text[at] === closing
      ? at + 1
      : undefined;
  }
  /** Behind the last line of what stands in lines of its own. */
  #endOfLines(index: number): number | undefined {
    const last = this.#last(index);
    const end = last && this.#endOf(last);
    if (last === undefined || end === undefined) return undefined;
    const event = this.#yaml.events[last.value];
    const isInLines = isCollection(event) && event.style === COLLECTION_STYLE.BLOCK;
    if (isInLines) return end;
    const line = behind(restOfLine, this.#text, end);
    if (line === undefined || behind(commentBelow, this.#text, line) !== undefined)
      return undefined;
    const isNothing = this.#scalar(last.value)?.valueStart === -1;
    return isNothing ? this.#nothingAt(end, line) : line;
  }
  #nothingAt(end: number, line: number): number | undefined {
    return this.#text.slice(end, line).includes('#') ? undefined : end;
  }
}
