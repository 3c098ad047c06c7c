import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFiles } from '../../../lib/templates/check/check-files.ts';
import type { Checked } from '../../../lib/templates/check/check-template.ts';
import { withOwners } from '../../../lib/templates/check/parts.ts';
import { declaredTypes } from '../../../lib/templates/declared/index.ts';
import { readDocument } from '../../../lib/templates/document/read-document.ts';
import type { Template } from '../../../lib/templates/template.ts';
import { planTemplateOf } from '../../../lib/templates/terraform/plan-template.ts';
import { account, at, baseline, checkedIn, region } from '../checking.ts';

/** A resource as a test writes it. */
export interface Written {
  /** `aws_s3_bucket.b`, `data.aws_iam_policy_document.d`, `module.m.aws_s3_bucket.b["x"]` */
  readonly address: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** What only applying tells, as Terraform says it. */
  readonly unknown?: Readonly<Record<string, unknown>>;
  readonly sensitive?: unknown;
  /** References by attribute; what is neither here nor in the values is not written. */
  readonly refers?: Readonly<Record<string, unknown>>;
  readonly repeated?: unknown;
  readonly provider?: string;
  readonly actions?: readonly string[];
}
const partsOf = (address: string) => {
  const [, module = '', data, type = '', name = '', index] =
    /^((?:module\.[^.[]+(?:\[[^\]]*\])?\.?)*?)(?:(data)\.)?(\w+)\.([\w-]+)(?:\[(.*)\])?$/.exec(
      address,
    ) ?? [];
  return {
    module: module.replace(/\.$/, ''),
    mode: data ?? 'managed',
    type,
    name,
    ...(index === undefined ? {} : { index: JSON.parse(index) as unknown }),
  };
};
const references = (value: unknown): unknown =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? { references: value }
    : value;

const expressionsOf = ({ values = {}, refers = {} }: Written) => ({
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { constant_value: value }]),
  ),
  ...Object.fromEntries(Object.entries(refers).map(([name, value]) => [name, references(value)])),
});

interface Around {
  readonly calls?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly providers?: Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A plan in the shape that `terraform show -json` prints; modules are one level deep. */
export const planOf = (all: readonly Written[], around: Around = {}): Record<string, unknown> => {
  const shown = all.map((one) => ({ one, ...partsOf(one.address) }));
  const plannedIn = (address: string) =>
    shown
      .filter(({ module }) => module === address)
      .map(({ one, module: _, ...parts }) => ({
        address: one.address,
        ...parts,
        provider_name: 'registry.terraform.io/hashicorp/aws',
        schema_version: 0,
        values: one.values ?? {},
        sensitive_values: one.sensitive ?? {},
      }));
  const writtenIn = (name: string) => {
    const seen = new Map(
      shown
        .filter(({ module }) => module.replace(/\[.*/, '') === name)
        .map(({ one, mode, type, name: own }) => [
          `${mode}.${type}.${own}`,
          {
            address: `${mode === 'data' ? 'data.' : ''}${type}.${own}`,
            mode,
            type,
            name: own,
            provider_config_key: one.provider ?? 'aws',
            expressions: expressionsOf(one),
            ...(one.repeated === undefined ? {} : { for_each_expression: one.repeated }),
          },
        ]),
    );
    return [...seen.values()];
  };
  const modules = [...new Set(shown.map(({ module }) => module))].filter((one) => one !== '');
  const names = new Set(modules.map((one) => one.replace(/^module\.|\[.*/g, '')));
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: around.variables ?? {},
    planned_values: {
      root_module: {
        resources: plannedIn(''),
        child_modules: modules.map((address) => ({ address, resources: plannedIn(address) })),
      },
    },
    resource_changes: shown.map(({ one, module, ...parts }) => ({
      address: one.address,
      ...(module === '' ? {} : { module_address: module }),
      ...parts,
      change: {
        actions: one.actions ?? ['create'],
        before: null,
        after: one.values ?? {},
        after_unknown: one.unknown ?? {},
        before_sensitive: false,
        after_sensitive: one.sensitive ?? {},
      },
    })),
    configuration: {
      provider_config: { aws: { name: 'aws' }, ...around.providers },
      root_module: {
        resources: writtenIn(''),
        outputs: around.outputs ?? {},
        module_calls: Object.fromEntries(
          [...names].map((name) => {
            const { outputs = {}, variables = {}, ...call } = around.calls?.[name] ?? {};
            return [
              name,
              {
                source: `./${name}`,
                ...call,
                module: { resources: writtenIn(`module.${name}`), outputs, variables },
              },
            ];
          }),
        ),
      },
    },
    ...around.more,
  };
};

export const templateFromPlan = async (plan: unknown): Promise<Template> => {
  const deployment = { account, region, partition: 'aws', stackName: 'stack', parameters: {} };
  const document = await readDocument(JSON.stringify(plan), 'plan.json');
  const template = await planTemplateOf(document, deployment, () => undefined);
  return withOwners(template, declaredTypes);
};
export const checkedPlan = async (plan: unknown): Promise<readonly Checked[]> =>
  checkedIn(await templateFromPlan(plan));

/** The one verdict of a control on an address among those of a plan, as a line. */
export const verdictAmong = (
  checked: readonly Checked[],
  control: string,
  address: string,
): string => {
  const found = checked.filter(
    (one) => one.control.id === control && one.declared.logicalId === address,
  );
  const [one] = found;
  if (found.length !== 1 || !one) return `${found.length} verdicts`;
  const { verdict, byDefault } = one;
  return [
    verdict.status,
    ...(verdict.status === 'UNKNOWN' ? [verdict.reason] : []),
    ...(byDefault.length > 0 ? ['by default'] : []),
  ].join(' ');
};
export const verdictIn = async (plan: unknown, control: string, address: string): Promise<string> =>
  verdictAmong(await checkedPlan(plan), control, address);

/** What `check` says of a plan that lies beside its sources. */
export const verdictsBeside = async (folder: string, plan: unknown) => {
  const path = join(folder, 'plan.json');
  await writeFile(path, JSON.stringify(plan));
  const deployment = { account, region, partition: 'aws', stackName: 'stack', parameters: {} };
  const result = await checkFiles({ paths: [path], baseline, at, isExplicit: false, deployment });
  const statuses: Readonly<Record<string, string>> = Object.fromEntries(
    result.located.map((one) => [`${one.name} ${one.control.id}`, one.verdict.status]),
  );
  return { ...result, statuses };
};
