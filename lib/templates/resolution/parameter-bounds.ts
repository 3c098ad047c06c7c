import { isMatchOf } from '../../support/java-pattern/matches.ts';
import { onceEach } from '../../support/once.ts';
import { asRecord, list, said } from '../../support/untyped.ts';

type Parameters = Readonly<Record<string, unknown>>;
/** Whether a value keeps to what is set. */
type Bound = (value: string, set: unknown) => boolean;

const AllowedPattern: Bound = (value, pattern) =>
  typeof pattern !== 'string' ||
  // What is looked up when it is deployed is not written here.
  value.startsWith('{{resolve:') ||
  isMatchOf(pattern, value) !== false;
const ofNumbers: Readonly<Record<string, Bound>> = {
  Type: (value) => !Number.isNaN(Number(value)),
  MinValue: (value, least) => !(Number(value) < Number(said(least))),
  MaxValue: (value, most) => !(Number(value) > Number(said(most))),
};
/**
 * What is tried of the values of a type; of a list it is each of them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
const boundsOf: ReadonlyMap<string, Readonly<Record<string, Bound>>> = new Map([
  ['Number', ofNumbers],
  ['List<Number>', ofNumbers],
  [
    'String',
    {
      MinLength: (value, least) => !(value.length < Number(said(least))),
      MaxLength: (value, most) => !(value.length > Number(said(most))),
      AllowedPattern,
    },
  ],
  ['CommaDelimitedList', { AllowedPattern }],
]);
/** Types whose `AllowedValues` say something else, or nothing that is known. */
const allowsOther = /^(?:List<|AWS::SSM::)/;

/** Whether a value of this type is several, with commas between them. */
export const isList = (type: string): boolean => /^(?:CommaDelimitedList|List<)/.test(type);
export const itemsOf = (value: string): readonly string[] =>
  value.split(',').map((one) => one.trim());

/** The setting of a parameter that a value breaks. */
const brokenBy = (parameter: unknown, value: unknown): string | undefined => {
  const { Type = 'String', ...set } = asRecord(parameter);
  const type = said(Type);
  const whole = said(value);
  const values = isList(type) ? itemsOf(whole).filter((one) => one !== '') : [whole];
  const allowed = list(set['AllowedValues']).map(said);
  if (
    allowed.length > 0 &&
    !allowsOther.test(type) &&
    !values.every((one) => allowed.includes(one))
  )
    return 'AllowedValues';
  const isKept = ([name, keeps]: readonly [string, Bound]): boolean =>
    (name !== 'Type' && set[name] === undefined) || values.every((one) => keeps(one, set[name]));
  return Object.entries(boundsOf.get(type) ?? {}).find((bound) => !isKept(bound))?.[0];
};

/**
 * CloudFormation takes no more, and to try the patterns of thousands would take long.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const most = 200;
/** What each parameter refuses a value by. */
const refusals = onceEach((parameters: Parameters) => {
  const isTried = Object.keys(parameters).length <= most;
  const known = new Map<string, string | undefined>();
  return (name: string, value: unknown): string | undefined => {
    const key = JSON.stringify([name, value]);
    if (!known.has(key)) {
      const { AllowedPattern: pattern, ...others } = asRecord(parameters[name]);
      known.set(
        key,
        brokenBy(
          isTried && typeof value !== 'boolean' ? { ...others, AllowedPattern: pattern } : others,
          value,
        ),
      );
    }
    return known.get(key);
  };
});

/** Which of its own settings CloudFormation refuses a value of a parameter by; `undefined` where it takes the value. */
export const refusedBy = (
  parameters: Parameters,
  name: string,
  value: unknown,
): string | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value)
    ? refusals(parameters)(name, value)
    : undefined;
