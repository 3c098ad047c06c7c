import { asRecord, list, said } from '../../support/untyped.ts';

const isSingle = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
const isBeyond = (size: number, least: unknown, most: unknown): boolean =>
  (least !== undefined && size < Number(said(least))) ||
  (most !== undefined && size > Number(said(most)));

/**
 * Which of its own settings CloudFormation refuses a value of a parameter by; `undefined` where it takes the value. AllowedPattern
 * is not tried: an expression of a template can take for ever.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export const refusedBy = (parameter: unknown, value: unknown): string | undefined => {
  const { Type = 'String', AllowedValues, ...bounds } = asRecord(parameter);
  if (!isSingle(value)) return undefined;
  const allowed = list(AllowedValues);
  const isAllowed = allowed.length === 0 || allowed.some((one) => said(one) === said(value));
  if (!isAllowed && !/^(?:List<|CommaDelimited|AWS::SSM::)/.test(said(Type)))
    return 'AllowedValues';
  if (Type === 'Number' && isBeyond(Number(said(value)), bounds['MinValue'], bounds['MaxValue']))
    return 'MinValue and MaxValue';
  if (Type === 'String' && isBeyond(said(value).length, bounds['MinLength'], bounds['MaxLength']))
    return 'MinLength and MaxLength';
  return undefined;
};
