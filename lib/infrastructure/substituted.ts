import { asRecord, list } from '../support/untyped.ts';

/** What stands for a part of a text; `undefined` where it is neither a text nor something with a name. */
const partOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.replaceAll('${', '${!');
  const [[name, argument] = [], ...others] = Object.entries(asRecord(value));
  if (others.length > 0) return undefined;
  if (name === 'Ref' && typeof argument === 'string') return `\${${argument}}`;
  if (name === 'Fn::GetAtt' && list(argument).every((one) => typeof one === 'string'))
    return `\${${list(argument).join('.')}}`;
  return undefined;
};

/**
 * A template whose texts are written in one piece, with the names of what is put in: the parts of a join take about
 * twice as many bytes, and CloudFormation takes so many.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export const substituted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(substituted);
  if (typeof value !== 'object' || value === null) return value;
  const { 'Fn::Join': join, ...others } = value as Readonly<Record<string, unknown>>;
  const [separator, joined] = list(join);
  if (separator === '' && Array.isArray(joined) && Object.keys(others).length === 0) {
    const parts = joined.map(partOf);
    if (parts.every((one) => one !== undefined)) return { 'Fn::Sub': parts.join('') };
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, substituted(one)]));
};
