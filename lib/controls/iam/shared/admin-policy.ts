import {
  type Listing,
  parsePolicy,
  type Statement,
} from '../../../analysis/policies/policy-document.ts';
import {
  actionPatterns,
  coversEveryAction,
  matchEveryAction,
} from '../../../analysis/policies/policy-matching.ts';
import {
  type Evidence,
  fail,
  notApplicable,
  pass,
  unknown,
  type Verdict,
} from '../../../model/control.ts';
import { everyPartition } from '../../../services/partition.ts';
import { covers, type PatternSet, patternSet } from '../../../support/pattern-sets.ts';

/** A policy of an identity, and where the snapshot holds it. */
interface Located {
  readonly path: string;
  readonly document: string;
}

interface Use {
  readonly attachments: number;
  readonly boundaries: number;
}
/** A permissions boundary only limits; once attached it also grants. */
const isBoundaryOnly = (use: Use): boolean => use.boundaries > 0 && use.attachments === 0;

/** Whether patterns match every ARN of a partition. */
const coverAll = ({ covers }: PatternSet, partition: string): boolean =>
  covers(`arn:${partition}:?*:*:*:?*`, true);
/** @param ifEntangled what the statement is then taken for: for one that gives all the more */
const listsAllIamActions = ({ patterns }: Listing, ifEntangled: boolean): boolean =>
  covers(
    patterns.map((pattern) => pattern.toLowerCase()),
    'iam:????*',
    ifEntangled,
  );

const arns = everyPartition.map((partition) => `arn:${partition}:`);
/** Whether a pattern may match ARNs of every service: it names none, and more than a text without wildcards does. */
const mayCoverAll = (pattern: string): boolean => {
  const named = pattern.search(/[*?]/);
  const head = pattern.slice(0, named);
  return named !== -1 && arns.some((arn) => arn.startsWith(head));
};

// What is left out of another partition leaves out nothing that the policy is about.
const coversAllResources = ({ resources: { not, patterns } }: Statement, partition: string) => {
  if (!not && !patterns.some(mayCoverAll)) return false;
  const set = patternSet(patterns);
  return not
    ? !set.covers(`arn:${partition}:iam::?*`)
    : everyPartition.some((each) => coverAll(set, each));
};

/**
 * The statements that allow everything. `NotAction` is one where all of IAM stays allowed, by it or by another
 * statement: who may do all of IAM can give himself what was left out. Conditions and Deny statements are not weighed,
 * as AWS Config's iam-policy-no-statements-with-admin-access does not weigh them.
 */
export const adminStatements = (
  statements: readonly Statement[],
  partition: string,
): readonly Statement[] => {
  const wide = statements.filter(
    (one) => one.effect === 'Allow' && coversAllResources(one, partition),
  );
  const listed = wide.filter(({ actions }) => !actions.not);
  const all = listed.flatMap(actionPatterns);
  // Parted among statements they give no less.
  const isTogether = listed.length > 1 && matchEveryAction(all);
  const givesIam = wide.some(({ actions }) => !actions.not && listsAllIamActions(actions, true));
  const alone = wide.filter(({ actions }) => {
    if (coversEveryAction({ actions })) return true;
    if (!actions.not || matchEveryAction(actions.patterns)) return false;
    return givesIam || !listsAllIamActions(actions, false);
  });
  return alone.length === 0 && isTogether ? listed : alone;
};

const isWholeService = (pattern: string): boolean => /^\*+$|:(?=\?*\*)[*?]+$/.test(pattern);

/** The statements that allow every action of some service, on whatever resources; `NotAction` does for all but a few. */
export const wholeServiceStatements = (statements: readonly Statement[]): readonly Statement[] =>
  statements.filter(
    ({ effect, actions }) =>
      effect === 'Allow' &&
      (actions.not ? !matchEveryAction(actions.patterns) : actions.patterns.some(isWholeService)),
  );

const evidenceOf = (policy: Located, { path, actions, resources }: Statement): Evidence => ({
  path: `${policy.path}.${path}`,
  actual: {
    [actions.not ? 'NotAction' : 'Action']: actions.patterns,
    [resources.not ? 'NotResource' : 'Resource']: resources.patterns,
  },
  expected: 'the actions that are needed, on the resources that they are needed for',
});

type TooWide = (statements: readonly Statement[]) => readonly Statement[];

/** Fails where `tooWide` finds a statement in a policy; a policy that cannot be read hides none that another has. */
const evaluatePolicies = (
  policies: readonly Located[],
  tooWide: TooWide,
  reason: string,
): Verdict => {
  const evidence: Evidence[] = [];
  let unreadable: string | undefined;
  for (const policy of policies) {
    const parsed = parsePolicy(policy.document);
    if ('unreadable' in parsed) unreadable ??= `${policy.path}: ${parsed.unreadable}`;
    else evidence.push(...tooWide(parsed.statements).map((one) => evidenceOf(policy, one)));
  }
  if (evidence.length > 0) return fail(reason, evidence);
  return unreadable === undefined ? pass : unknown(unreadable);
};

/** Evaluates the inline policies of an identity. */
export const evaluateInline = (
  inlinePolicies: readonly { readonly name: string; readonly document: string }[],
  tooWide: TooWide,
  reason: string,
): Verdict => {
  const policies = inlinePolicies.map(({ name, document }) => ({
    path: `inlinePolicies.${name}`,
    document,
  }));
  return evaluatePolicies(policies, tooWide, reason);
};

/**
 * Evaluates a customer managed policy.
 * @param leavesOutBoundaries as excludePermissionBoundaryPolicy, with which Security Hub runs its rules
 */
export const evaluateManaged = (
  { defaultVersion, use }: { readonly defaultVersion: string; readonly use: Use },
  tooWide: TooWide,
  reason: string,
  leavesOutBoundaries = true,
): Verdict =>
  leavesOutBoundaries && isBoundaryOnly(use)
    ? notApplicable('the policy is used as a permissions boundary only')
    : evaluatePolicies([{ path: 'defaultVersion', document: defaultVersion }], tooWide, reason);
