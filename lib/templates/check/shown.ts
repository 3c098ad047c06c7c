import { type AddressedRule, isRuleCovered } from '../../analysis/network/rule-coverage.ts';
import { parsePolicy, type Statement } from '../../analysis/policies/policy-document.ts';
import { isCovered } from '../../analysis/policies/statement-coverage.ts';
import { ruleText } from '../../controls/ec2/shared/open-ports-evidence.ts';
import type { FacetReadings } from '../../engine/evaluation/evaluate.ts';
import type { Evidence, Verdict } from '../../model/control.ts';
import { isRule } from '../../resources/ec2/security-group-rules.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { namedIn } from '../../support/named-in.ts';
import { asRecord, list } from '../../support/untyped.ts';
import { type Boundary, isNoWiderBoundary } from './boundary.ts';

/** What a failure shows, in a form in which two can be compared. */
export interface Shown {
  /** The statements of policies that fail. */
  readonly statements: readonly Statement[];
  /** What the same policies deny. */
  readonly denied: readonly Statement[];
  readonly rules: readonly AddressedRule[];
  readonly values: readonly Value[];
  /** What limits a role or a user, for each failure; `undefined` where nothing does. */
  readonly boundaries: readonly (Boundary | undefined)[];
}
interface Value {
  readonly key: string;
  readonly actual: unknown;
}

/** Fields that name an item of a list, whatever its position. */
const naming = ['name', 'Name', 'id', 'Id', 'arn', 'port', 'path'];
const nameOf = (item: unknown): string => {
  const fields = asRecord(item);
  const name = naming.map((one) => fields[one]).find((value) => value !== undefined);
  return typeof name === 'string' || typeof name === 'number' ? String(name) : '';
};
/** A path with the names of list items in place of their positions, which change when an item is added. */
const placeless = (path: string, facets: unknown): string => {
  let at: unknown = facets;
  return path.replace(/\[(\d+)\]|[^.[\]]+/g, (step, index?: string) => {
    at = Array.isArray(at) ? at[Number(index)] : asRecord(at)[step];
    return index === undefined ? step : `[${nameOf(at)}]`;
  });
};

/** Lists of what there is too much of: with fewer entries the failure is no wider. */
const excess: ReadonlySet<string> = new Set([
  ...['accounts', 'organizations', 'layers', 'plainVariables', 'variables'],
  ...['publicSources', 'publicAddresses', 'for'],
]);
const isNarrower = (now: unknown, before: unknown, name: string): boolean => {
  if (Array.isArray(now) && Array.isArray(before)) {
    const known = new Set(before.map(canonicalJson));
    const isIn = now.every((one) => known.has(canonicalJson(one)));
    return isIn && (excess.has(name) || now.length === before.length);
  }
  if (name === 'permission' && before === 'FULL_CONTROL') return true;
  if (typeof now !== 'object' || typeof before !== 'object' || !now || !before)
    return now === before;
  const [fields, known] = [asRecord(now), asRecord(before)];
  const names = new Set([...Object.keys(fields), ...Object.keys(known)]);
  return [...names].every((one) => isNarrower(fields[one], known[one], one));
};

/** The text of a policy: the facet itself, an item of it by name, or the part of it that was read. */
const textAt = (facets: Readonly<Record<string, unknown>>, path: string): unknown => {
  const [facet = ''] = path.split('.', 1);
  const name = path.slice(facet.length + 1);
  const named = list(facets[facet]).find((one) => asRecord(one)['name'] === name);
  if (named !== undefined) return asRecord(named)['document'];
  const steps = path.split(/[.[\]]/).filter((step) => step !== '');
  const found = steps.reduce<unknown>((at, step) => Reflect.get(Object(at), step), facets);
  return typeof found === 'object' ? asRecord(found)['read'] : found;
};

const parsedAt = (
  facets: Readonly<Record<string, unknown>>,
  path: string,
): readonly Statement[] => {
  const text = textAt(facets, path);
  if (typeof text !== 'string') return [];
  const parsed = parsePolicy(text);
  return 'unreadable' in parsed ? [] : parsed.statements;
};

/** The statements of all policies of a list that one is in, as of the inline ones of a role: what one denies no other allows. */
const besideAt = (
  facets: Readonly<Record<string, unknown>>,
  path: string,
): readonly Statement[] => {
  const [facet = ''] = path.split('.', 1);
  return list(facets[facet]).flatMap((one) =>
    parsedAt(facets, `${facet}.${String(asRecord(one)['name'])}`),
  );
};

/** The statement that a piece of evidence points to, and its policy; `undefined` where it points to none. */
const statementAt = (facets: Readonly<Record<string, unknown>>, { path, actual }: Evidence) => {
  const found = /^(.+)\.(Statement(?:\[\d+\])?)(?:\.[^.]+)?$/.exec(path);
  if (!found || actual === null) return undefined;
  const policy = parsedAt(facets, found[1] ?? '');
  const statement = policy.find((one) => one.path === found[2]);
  return statement && { statement, policy: [...policy, ...besideAt(facets, found[1] ?? '')] };
};

const ruleAt = (
  facets: Readonly<Record<string, unknown>>,
  { path }: Evidence,
): AddressedRule | undefined => {
  const text = /^rules\[(.*)\]$/.exec(path)?.[1];
  if (text === undefined) return undefined;
  const rule = list(facets['rules'])
    .filter(isRule)
    .find((one) => ruleText(one) === text);
  if (!rule) return undefined;
  const { peer } = rule;
  if (peer.kind === 'network') return { rule, cidrs: [peer.cidr] };
  const lists = asRecord(facets['prefixLists']);
  const cidrs = peer.kind === 'group' ? [] : list(namedIn(lists, peer.id));
  return { rule, cidrs: cidrs.map(String) };
};

const valueAt = (facets: unknown, { path, actual, expected }: Evidence): Value => ({
  key: canonicalJson([placeless(path, facets), expected]),
  actual,
});

export const shownBy = (
  verdict: Verdict,
  readings: FacetReadings,
  boundary: Boundary | undefined,
): Shown => {
  const statements: Statement[] = [];
  const denied = new Set<Statement>();
  const rules: AddressedRule[] = [];
  const values: Value[] = [];
  const facets = Object.fromEntries(
    Object.entries(readings).map(([name, one]) => [name, 'value' in one ? one.value : undefined]),
  );
  for (const one of verdict.status === 'FAIL' ? verdict.evidence : []) {
    const found = statementAt(facets, one);
    const rule = ruleAt(facets, one);
    if (found) {
      statements.push(found.statement);
      for (const other of found.policy) if (other.effect === 'Deny') denied.add(other);
    } else if (rule) rules.push(rule);
    else values.push(valueAt(facets, one));
  }
  return { statements, denied: [...denied], rules, values, boundaries: [boundary] };
};

/** Whether each value matches another one of before: a value that was there once and is there twice is more. */
const areKnown = (now: readonly Value[], before: readonly Value[]): boolean => {
  const left = [...before];
  return now.every(({ key, actual }) => {
    const at = left.findIndex((one) => one.key === key && isNarrower(actual, one.actual, ''));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
};

/** Whether a failure shows no more than those of before. */
export const isShownBy = (now: Shown, before: Shown): boolean =>
  now.statements.every((one) => isCovered(one, before.statements)) &&
  // What is no longer denied is allowed.
  (now.statements.every(({ effect }) => effect === 'Deny') ||
    before.denied.every((one) => isCovered(one, now.denied))) &&
  now.boundaries.every((one) => before.boundaries.some((old) => isNoWiderBoundary(one, old))) &&
  now.rules.every((one) => isRuleCovered(one, before.rules)) &&
  areKnown(now.values, before.values);

export const inOne = (all: readonly Shown[]): Shown => ({
  statements: all.flatMap(({ statements }) => statements),
  denied: all.flatMap(({ denied }) => denied),
  rules: all.flatMap(({ rules }) => rules),
  values: all.flatMap(({ values }) => values),
  boundaries: all.flatMap(({ boundaries }) => boundaries),
});

/** The same for manifests, by their evidence alone. */
export const showsNoMore = (now: readonly Evidence[], before: readonly Evidence[]): boolean => {
  const valuesOf = (all: readonly Evidence[]) => all.map((one) => valueAt({}, one));
  return areKnown(valuesOf(now), valuesOf(before));
};
