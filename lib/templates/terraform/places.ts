import { asRecord, list, said } from '../../support/untyped.ts';
import type { Deployment } from '../template.ts';
import type { Plan, Planned } from './plan.ts';
import { isExpression } from './view.ts';

export type ProviderPlace = Partial<Pick<Deployment, 'account' | 'region' | 'partition'>>;

const arnForm = /^arn:(aws[a-z-]*):[a-z0-9-]*:([a-z0-9-]*):(\d{12}):/;
const regionForm = /^[a-z]{2,}(?:-[a-z]+)+-\d$/;
const regionIn = (value: unknown): ProviderPlace =>
  typeof value === 'string' && regionForm.test(value) ? { region: value } : {};

const inArn = (value: unknown): ProviderPlace => {
  const [, partition, region = '', account] =
    typeof value === 'string' ? (arnForm.exec(value) ?? []) : [];
  if (partition === undefined || account === undefined) return {};
  return { partition, account, ...regionIn(region) };
};

/** A constant, or the value of a variable of the root module; a default where that is not told. */
const known = (expression: unknown, { variables, root }: Known): unknown => {
  if (!isExpression(expression)) return undefined;
  if (Object.hasOwn(expression, 'constant_value')) return expression['constant_value'];
  const [only, ...more] = list(expression['references']);
  const [, name] = /^var\.(\w+)$/.exec(said(only)) ?? [];
  if (name === undefined || more.length > 0) return undefined;
  return asRecord(variables[name])['value'] ?? asRecord(root[name])['default'];
};
interface Known {
  readonly variables: Plan['variables'];
  readonly root: Plan['variables'];
}

const ofProvider = (provider: unknown, names: Known): ProviderPlace => {
  const { region, assume_role, allowed_account_ids } = asRecord(asRecord(provider)['expressions']);
  // A block of the provider `aws`, and an attribute of `awscc`.
  const [role] = list(assume_role);
  const assumed =
    known(asRecord(role)['role_arn'], names) ?? asRecord(known(assume_role, names))['role_arn'];
  const accounts = list(known(allowed_account_ids, names));
  const [account] = accounts;
  const isOne = accounts.length === 1 && /^\d{12}$/.test(said(account));
  const named = /^arn:(aws[a-z-]*):iam::(\d{12}):/.exec(said(assumed));
  return {
    ...(isOne ? { account: said(account) } : {}),
    ...(named?.[2] === undefined ? {} : { account: named[2] }),
    ...regionIn(known(region, names)),
  };
};

/** What data sources have read of where Terraform runs. */
const readOf = (plan: Plan): ProviderPlace => {
  const found: ProviderPlace[] = [];
  for (const [address, values] of plan.read) {
    const [, type] = /(?:^|\.)data\.(\w+)\./.exec(address) ?? [];
    const { account_id, partition, name, region } = values;
    if (type === 'aws_caller_identity' && /^\d{12}$/.test(said(account_id)))
      found.push({ account: said(account_id) });
    if (type === 'aws_partition' && typeof partition === 'string') found.push({ partition });
    if (type === 'aws_region') found.push(regionIn(region ?? name));
  }
  return Object.assign({}, ...found);
};

/** Where the resources of a plan are made, as far as it says. */
export const createPlaces = (plan: Plan) => {
  const root = plan.modules.get('')?.configuration.variables ?? {};
  const names: Known = { variables: plan.variables, root };
  const byKey = new Map(
    Object.entries(plan.providers).map(([key, one]) => [key, ofProvider(one, names)]),
  );
  const read = readOf(plan);
  const ofKey = (key: string): ProviderPlace =>
    byKey.get(key) ?? byKey.get(key.slice(key.lastIndexOf(':') + 1)) ?? {};
  return {
    /** Of the plan as a whole. */
    whole: { ...read, ...ofKey('awscc'), ...ofKey('aws') } satisfies ProviderPlace,
    /** Of one resource: what it has already says most. */
    of({ after, providerKey }: Planned): ProviderPlace {
      return { ...ofKey(providerKey), ...regionIn(after['region']), ...inArn(after['arn']) };
    },
  };
};
