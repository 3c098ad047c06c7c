import { adviceUrl } from '../../engine/findings/advice-url.ts';
import type { TagValues } from '../../engine/posture/report-tags.ts';
import type { Verdict } from '../../model/control.ts';
import { compareText } from '../../support/compare.ts';
import { groupsBy } from '../../support/groups.ts';
import { jsonPieces, withoutCommands } from '../../support/printed-json.ts';
import { hasSecretWithin } from '../../support/secrets/kept-text.ts';
import { isDeclared } from '../../templates/check/located.ts';
import { declaredTags } from '../../templates/declared-tags.ts';
import { checkSchema } from '../compliance/check-schema.ts';
import { noCounts, type RecordedCounts, sumOf } from '../compliance/counts.ts';
import { createTagTally } from '../compliance/tag-tally.ts';
import { countedAs, plainPriority } from '../result.ts';
import { type CheckResult, inOrder, type Located } from './declared-result.ts';

const notShown = 'a value that is not shown';
/** No control tells a secret on purpose; what somebody wrote where nobody expects one is not shown either. */
const withoutSecrets = (verdict: Verdict): Verdict =>
  verdict.status === 'FAIL'
    ? {
        ...verdict,
        evidence: verdict.evidence.map((one) =>
          hasSecretWithin({ '': one.actual }) ? { ...one, actual: notShown } : one,
        ),
      }
    : verdict;

/** A verdict as JSON has it. */
export const plainResult = (one: Located) => {
  const { control, verdict, exemption, range, name, construct, priority } = one;
  return {
    control: control.id,
    title: control.title,
    severity: control.severity,
    file: one.file,
    ...range,
    logicalId: name,
    resourceType: one.resourceType,
    ...(one.property === undefined ? {} : { property: one.property }),
    ...(construct === undefined ? {} : { construct }),
    ...(one.madeAt === undefined ? {} : { madeAt: one.madeAt }),
    ...(one.arn === undefined ? {} : { arn: one.arn }),
    ...(one.region === undefined ? {} : { region: one.region }),
    ...withoutSecrets(verdict),
    ...plainPriority(priority),
    when: one.when,
    withDefaults: one.softDefaults,
    byAwsDefault: one.byDefault,
    notes: one.notes,
    ...(exemption ? { exemption, isInSource: one.isInSource === true } : {}),
  };
};

/** What a saved check was made by. */
export interface CheckAbout {
  readonly at: Date;
  readonly plumbline: string;
  /** Sum of what the baseline says. */
  readonly baseline: string;
  readonly account: string;
  readonly region: string;
  /** Whether options left out what a base has too. */
  readonly isNarrowed: boolean;
  /** Keys of the tags by which reports are narrowed. @default - it is not counted by tags */
  readonly reportTags?: readonly string[] | undefined;
}

/** Of every control that was evaluated, also where all of it passed. */
const countsBy = ({ located, counted = new Map() }: CheckResult) => {
  const by = new Map<string, Record<keyof RecordedCounts, number>>();
  for (const { control, verdict, exemption } of located) {
    const counts = by.get(control.id) ?? { ...noCounts };
    by.set(control.id, counts);
    counts[countedAs(verdict.status, exemption !== undefined)] += 1;
  }
  for (const [id, { PASS, NOT_APPLICABLE }] of counted) {
    const counts = by.get(id) ?? { ...noCounts };
    by.set(id, counts);
    counts.passed += PASS;
    counts.notApplicable += NOT_APPLICABLE;
  }
  return Object.fromEntries([...by].toSorted(([a], [b]) => compareText(a, b)));
};

/** The tags of these keys, as a file declares them; what is no resource of AWS has none. */
const tagsFor = (keys: readonly string[]) => {
  const known = new Map<unknown, TagValues>();
  const none = Object.fromEntries(keys.map((key) => [key, null]));
  return (one: Located): TagValues => {
    if (!isDeclared(one)) return none;
    const tags = known.get(one.declared) ?? declaredTags(one.template, one.declared, keys);
    known.set(one.declared, tags);
    return tags;
  };
};

const groupsIn = (
  located: readonly Located[],
  tagsOf: (one: Located) => TagValues,
  { region: home }: CheckAbout,
) => {
  const tally = createTagTally();
  const byResource = groupsBy(located, ({ file, name }) => `${file}\n${name}`);
  for (const [id, same] of byResource)
    for (const one of same) {
      const { control, resourceType: type, region = home, verdict, exemption } = one;
      const tallied = { control, type: { type }, ref: { region, id }, reportTags: tagsOf(one) };
      tally.add(tallied, countedAs(verdict.status, exemption !== undefined));
    }
  return tally.groups();
};

/** What to do, by control. */
const adviceOn = (shown: readonly Located[]) => {
  const controls = new Map(shown.map(({ control }) => [control.id, control]));
  return Object.fromEntries(
    [...controls].map(([id, control]) => [
      id,
      { advice: control.remediation.advice, url: adviceUrl(control) },
    ]),
  );
};

/**
 * As JSON in pieces, in the order of the text; a report is made of it where it lists what fails and what is unknown. In one text
 * it would take six times its length at once.
 */
export function* declaredJson(
  result: CheckResult,
  isShown: (one: Located) => boolean,
  made: CheckAbout,
): Generator<string> {
  const { at, reportTags: keys = [], ...about } = made;
  const { files, resources, unanswered, problems, warnings, located } = result;
  const shown = inOrder(located.filter(isShown)).map((one) => one.located);
  const tagsOf = keys.length > 0 ? tagsFor(keys) : undefined;
  const results = function* () {
    for (const one of shown)
      yield { ...plainResult(one), ...(tagsOf ? { reportTags: tagsOf(one) } : {}) };
  };
  const controls = countsBy(result);
  const head = { schema: checkSchema, at: at.toISOString(), ...about };
  const counts = sumOf(Object.values(controls));
  const byTags = tagsOf ? { byTags: groupsIn(located, tagsOf, made) } : {};
  const found = { files, resources, unanswered, counts, controls, ...byTags, results: results() };
  const passedOver = Object.fromEntries(result.passedOver ?? []);
  const told = { advice: adviceOn(shown), problems, warnings, passedOver };
  for (const piece of jsonPieces({ ...head, ...found, ...told })) yield withoutCommands(piece);
}
