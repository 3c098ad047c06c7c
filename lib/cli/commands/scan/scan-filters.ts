import type { Baseline } from '../../../engine/baseline/baseline.ts';
import type { Control } from '../../../model/control.ts';
import type { AnyResourceType, Ref } from '../../../model/resource-type.ts';
import type { Wanted } from '../../../pipeline/scan/scan.ts';
import type { Subject } from '../../../pipeline/scan/scan-resource.ts';
import { hasTags } from '../../../reports/compliance/scope.ts';
import { controlsOf } from '../../../reports/frameworks/resolve.ts';
import { didYouMean } from '../../../support/nearest.ts';
import { runAs } from '../../../support/run-as.ts';
import { UserError } from '../../../support/user-error.ts';
import { matches } from '../../../support/wildcards.ts';
import { byId } from '../../output/order.ts';
import { subjectsOf } from '../../subjects.ts';
import type { Asked } from './scan-options.ts';

const isPattern = (text: string): boolean => /[*?]/.test(text);
const isLike = (pattern: string, text: string): boolean =>
  matches(pattern.toLowerCase(), text.toLowerCase());

/** `s3` of AWS::S3::Bucket; `account` of the account itself, in one region or in all. */
export const serviceOf = ({ type }: Pick<AnyResourceType, 'type'>): string => {
  const [owner, service = ''] = type.split('::');
  return owner === 'AWS' && service !== '' ? service.toLowerCase() : 'account';
};

/** The words that patterns and names mean; a sentence for what means none. */
const meant = (
  what: string,
  wanted: readonly string[],
  known: readonly string[],
): readonly string[] =>
  wanted.flatMap((one) => {
    const found = known.filter((each) => isLike(one, each));
    if (found.length > 0) return found;
    const hint = didYouMean(one, isPattern(one) ? [] : known, `allowed: ${known.join(', ')}`);
    throw new UserError(`${what} ${one}; ${hint}`);
  });

/** Ids as they are written, patterns as the ids that they stand for. */
const controlIds = (
  wanted: readonly string[],
  all: readonly Control[],
  baseline: Baseline,
): readonly string[] =>
  wanted.flatMap((one) => {
    if (!isPattern(one)) return [one];
    const like = all.filter(({ id }) => isLike(one, id)).toSorted(byId);
    const enabled = like.filter(({ id }) => Object.hasOwn(baseline.controls, id));
    if (enabled.length > 0) return enabled.map(({ id }) => id);
    throw new UserError(
      like.length > 0
        ? `the baseline enables no control that ${one} stands for`
        : `no control has an id such as ${one}; ${runAs('controls')} lists them`,
    );
  });

const narrowed = (
  { type, controls }: Subject,
  { severities }: Pick<Asked, 'severities'>,
  ofStandard: ReadonlySet<string> | undefined,
): Subject => ({
  type,
  controls: controls.filter(
    ({ id, severity }) =>
      (severities.length === 0 || severities.includes(severity)) && (ofStandard?.has(id) ?? true),
  ),
});

/** The types and controls that a scan is to evaluate. */
export const subjectsAsked = (
  asked: Asked,
  all: readonly Control[],
  baseline: Baseline,
): readonly Subject[] => {
  const subjects = subjectsOf(all, baseline, {
    controls: controlIds(asked.controls, all, baseline),
    resourceTypes: [],
  });
  const known = [...new Set(subjects.map(({ type }) => serviceOf(type)))].sort();
  const services = meant('no control evaluates the service', asked.services, known);
  const types = asked.resourceTypes.filter((one) => !isPattern(one));
  // Names are checked, with what is near them; patterns stand for what there is.
  subjectsOf(all, baseline, { controls: [], resourceTypes: types });
  const named = meant(
    'no control evaluates',
    asked.resourceTypes,
    subjects.map(({ type }) => type.type),
  );
  const ofStandard = asked.standard && controlsOf(asked.standard);
  const left = subjects
    .filter(({ type }) => services.length === 0 || services.includes(serviceOf(type)))
    .filter(({ type }) => named.length === 0 || named.includes(type.type))
    .map((subject) => narrowed(subject, asked, ofStandard))
    .filter(({ controls }) => controls.length > 0);
  if (left.length === 0 && asked.standard?.system !== undefined)
    throw new UserError(
      `${asked.standard.id} is of hosts, which a scan does not read: ${runAs(`report --standard ${asked.standard.id} --stack Plumbline`)} tells what they said`,
    );
  if (left.length === 0)
    throw new UserError(
      'these options leave no control to evaluate: together they exclude each one',
    );
  return left;
};

const isNamed = (patterns: readonly string[], texts: readonly string[]): boolean =>
  patterns.length === 0 ||
  patterns.some((pattern) => texts.some((text) => pattern === text || matches(pattern, text)));

/** Which resources are evaluated; `undefined` where all are. */
export const wantedBy = ({
  resources,
  tags,
}: Pick<Asked, 'resources' | 'tags'>): Wanted | undefined => {
  if (resources.length === 0 && tags.length === 0) return undefined;
  return {
    byRef: (type: AnyResourceType, ref: Ref) => {
      const arn = type.arn?.(ref);
      const isMeant = isNamed(resources, [ref.id, ...(arn === undefined ? [] : [arn])]);
      if (!isMeant && (arn !== undefined || !resources.some((one) => /^arn:|^\*/.test(one))))
        return false;
      return isMeant && tags.length === 0 ? true : undefined;
    },
    byAbout: (ref, { arn, tags: own, isRead }) => {
      if (!isNamed(resources, [ref.id, arn])) return false;
      if (!isRead && tags.length > 0) return undefined;
      return hasTags(own, tags);
    },
  };
};
