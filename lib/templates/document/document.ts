/** Keys and indexes from the top of a document to a part of it. */
export type Path = readonly (string | number)[];

/** Where a part stands, counted from 1. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A part of a text, by offsets. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A text that was read as YAML or JSON. */
export interface Document {
  readonly file: string;
  readonly text: string;
  /** Short forms such as `!Ref` are written out, as JSON has them. */
  readonly tree: unknown;
  /** Which of the documents of its text it is. @default 0 */
  readonly part?: number;
  /** Where its text has comments, in order. @default - nowhere, as in JSON */
  readonly comments?: () => readonly Span[];
  /** Of the part at a path, its key with it, or of what is nearest above. */
  rangeOf(path: Path): Range;
  /** From an offset of the text on. */
  rangeFrom(offset: number): Range;
}

const startsIn = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};
/** Line and column of offsets in a text, which is gone through when the first is asked for. */
export const linesOf = (text: string): ((offset: number) => readonly [number, number]) => {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= startsIn(text);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return [low + 1, offset - (starts[low] ?? 0) + 1];
  };
};

export const rangeBetween = (
  placeOf: ReturnType<typeof linesOf>,
  from: number,
  to: number,
): Range => {
  const [line, column] = placeOf(from);
  const [endLine, endColumn] = placeOf(Math.max(from, to));
  return { line, column, endLine, endColumn };
};
