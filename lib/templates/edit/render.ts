import { Document, isMap, isScalar, isSeq, type Node, Scalar, stringify, YAMLSeq } from 'yaml';

/** How a document is written. */
export interface Style {
  readonly isJson: boolean;
  /** By how many spaces what is inside of a mapping is indented. */
  readonly step: number;
}

const shortForm = (key: string): string | undefined =>
  key === 'Ref' || key === 'Condition'
    ? `!${key}`
    : /^Fn::(\w+)$/.exec(key)?.[1]?.replace(/^/, '!');

/** `{Ref: A}` as `!Ref A`: functions of CloudFormation in their short form, one within another in its long one. */
const shortened = (node: unknown, isInner = false): Node | undefined => {
  if (isSeq(node)) {
    node.items = node.items.map((one) => shortened(one) ?? one);
    return node;
  }
  if (isScalar(node) && typeof node.value === 'string' && node.value.includes('\n'))
    node.type = Scalar.QUOTE_DOUBLE;
  if (!isMap(node)) return isScalar(node) ? node : undefined;
  const [only, ...more] = node.items;
  const key = isScalar(only?.key) ? String(only.key.value) : '';
  const tag = more.length === 0 && only ? shortForm(key) : undefined;
  if (tag === undefined || isInner) {
    for (const pair of node.items) pair.value = shortened(pair.value) ?? pair.value;
    return node;
  }
  const value = only?.value;
  if (tag === '!GetAtt' && isSeq(value)) {
    const made = new Scalar(value.items.map((one) => (isScalar(one) ? one.value : '')).join('.'));
    made.tag = tag;
    return made;
  }
  const made = shortened(value, true);
  if (!(made instanceof Scalar || made instanceof YAMLSeq)) return node;
  made.tag = tag;
  return made;
};

/** Texts that YAML 1.1 would read as something else, such as `on` or a date, are put into quotes. */
const options = { version: '1.1' } as const;
const asWritten = {
  lineWidth: 0,
  singleQuote: true,
  flowCollectionPadding: true,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  directives: false,
} as const;

const yamlOf = (value: unknown, isFlow: boolean, step: number): string => {
  const document = new Document(value, options);
  document.contents = shortened(document.contents) ?? document.contents;
  if (isFlow && (isMap(document.contents) || isSeq(document.contents)))
    document.contents.flow = true;
  return document.toString({ ...asWritten, indent: step }).trimEnd();
};

const indented = (text: string, by: number): string => text.replaceAll('\n', `\n${' '.repeat(by)}`);

/** A value within brackets; of JSON over several lines, whose first stands at this column. */
export const flowText = (value: unknown, column: number | undefined, style: Style): string => {
  if (!style.isJson) return yamlOf(value, true, style.step).replace(/\n\s*/g, ' ');
  return column === undefined
    ? JSON.stringify(value)
    : indented(JSON.stringify(value, undefined, style.step), column);
};

export const keyText = (key: string, { isJson }: Style): string =>
  isJson ? JSON.stringify(key) : stringify(key, { lineWidth: 0 }).trimEnd();

/** `Key: value`, or `- value`, whose first line stands at this column. */
export const blockText = (
  item: { readonly key: string; readonly value: unknown } | { readonly value: unknown },
  column: number,
  style: Style,
): string => {
  const whole = 'key' in item ? { [item.key]: item.value } : [item.value];
  return indented(yamlBlock(whole, style.step), column);
};
const yamlBlock = (value: unknown, step: number): string => {
  const document = new Document(value, options);
  // The outermost is what the item stands in, and no function.
  const { contents } = document;
  if (isMap(contents))
    for (const pair of contents.items) pair.value = shortened(pair.value) ?? pair.value;
  else if (isSeq(contents)) contents.items = contents.items.map((one) => shortened(one) ?? one);
  return document.toString({ ...asWritten, indent: step }).trimEnd();
};
