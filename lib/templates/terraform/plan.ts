import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { groupsBy } from '../../support/groups.ts';
import { plural } from '../../support/plural.ts';
import { asRecord, list, said, text } from '../../support/untyped.ts';
import { UserError } from '../../support/user-error.ts';
import { typesSetBy } from '../set-by.ts';
import { bothMarked, secretsIn, withoutSecrets } from './marked-secrets.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A resource, or a data source that is read when the plan is applied, as it will be. */
export interface Planned {
  /** `module.a.aws_s3_bucket.b["x"]` */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Of count a number, of for_each a text. */
  readonly index: string | number | undefined;
  readonly module: Module;
  /** Attributes; those that only applying tells are not among them. */
  readonly after: Fields;
  /** The same tree, `true` at what only applying tells. */
  readonly unknown: Fields;
  /** The same tree, `true` at what is secret. */
  readonly sensitive: unknown;
  /** The texts that are secret: what the provider makes of them, such as an ARN, it does not mark. */
  readonly secrets: readonly string[];
  /** How it is written, by attribute and block; `undefined` where the plan does not say. */
  readonly expressions: Fields | undefined;
  readonly providerKey: string;
}

/** An instance of a module, the root among them. */
export interface Module {
  /** `module.a["x"].module.b`; of the root `''`. */
  readonly address: string;
  /** `a.b`, as `terraform init` keys what it fetched. */
  readonly key: string;
  readonly index: string | number | undefined;
  readonly parent: Module | undefined;
  /** How its parent calls it. */
  readonly call: Fields;
  readonly configuration: Configuration;
}
interface Configuration {
  /** By `type.name`, that of a data source behind `data.`. */
  readonly resources: ReadonlyMap<string, Fields>;
  readonly outputs: Fields;
  readonly calls: Fields;
  readonly variables: Fields;
}

export interface Plan {
  /** `1.2` */
  readonly format: string;
  readonly planned: readonly Planned[];
  /** The instances of each resource, by `keyIn`. */
  readonly instances: ReadonlyMap<string, readonly Planned[]>;
  readonly modules: ReadonlyMap<string, Module>;
  readonly variables: Fields;
  readonly providers: Fields;
  /** What data sources have read already, by address. */
  readonly read: ReadonlyMap<string, Fields>;
  /** Why it is not all of what will be. */
  readonly gaps: readonly string[];
}

const deepest = 64;
const mostResources = 50_000;

/** Cheap, for the files of a folder: whether a text can be a plan. */
export const looksLikePlan = (text: string): boolean =>
  /"format_version"\s*:/.test(text) && /"planned_values"\s*:/.test(text);

/** Whether a document is a plan, or claims to be one. https://developer.hashicorp.com/terraform/internals/json-format */
export const isPlan = (tree: unknown): boolean => {
  const { format_version, planned_values, values, resource_changes } = asRecord(tree);
  return format_version !== undefined && [planned_values, values, resource_changes].some(Boolean);
};

type Named = Readonly<Record<'mode' | 'type' | 'name', unknown>>;
const isLocal = (source: unknown): source is string =>
  typeof source === 'string' && /^\.\.?\//.test(source);
/** From where the text of a module is: what two calls have from one place is written there once. */
export const originOf = ({ parent, call, key }: Module): string => {
  if (!parent) return '.';
  const { source, version_constraint } = call;
  if (isLocal(source)) return posix.join(originOf(parent), source);
  return typeof source === 'string' ? JSON.stringify([source, version_constraint]) : key;
};

/** How a module calls a resource of its own: `data.aws_x.name`. */
export const keyOf = ({ mode, type, name }: Named): string =>
  `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
/** The same across modules. */
export const keyIn = ({ address }: Pick<Module, 'address'>, key: string): string =>
  `${address}|${key}`;

const configurationOf = (tree: unknown): Configuration => {
  const { resources, outputs, module_calls, variables } = asRecord(tree);
  const byName = list(resources).map((one): readonly [string, Fields] => {
    const fields = asRecord(one);
    return [keyOf({ mode: fields['mode'], type: fields['type'], name: fields['name'] }), fields];
  });
  return {
    resources: new Map(byName),
    outputs: asRecord(outputs),
    calls: asRecord(module_calls),
    variables: asRecord(variables),
  };
};

const indexOf = (value: unknown): string | number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;

/** `module.a["x"]`, behind its parent's address. */
const lastOf = (
  address: string,
  parent: string,
): readonly [string, string | number | undefined] => {
  const own = address.slice(parent === '' ? 0 : parent.length + 1);
  const [, name = '', index] = /^module\.([^.[]+)(?:\[(.*)\])?$/s.exec(own) ?? [];
  if (index === undefined) return [name, undefined];
  return [name, /^\d+$/.test(index) ? Number(index) : unquoted(index)];
};
export const unquoted = (text: string): string => {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
};

const refuse = (file: string, why: string): never => {
  throw new UserError(`${file}: ${why}`);
};

interface Reading {
  readonly file: string;
  readonly changes: ReadonlyMap<string, Fields>;
  readonly planned: Planned[];
  readonly modules: Map<string, Module>;
  /** By its address what the parts of the plan do not agree about. */
  readonly differing: Map<string, readonly string[]>;
}

/** The names of which both parts of a plan have a value, and not the same: Terraform writes both from one. */
const differingIn = (values: Fields, after: Fields): readonly string[] =>
  Object.keys(after).filter(
    (name) =>
      values[name] !== after[name] &&
      Object.hasOwn(values, name) &&
      !isDeepStrictEqual(values[name], after[name]),
  );

const namedAs = (names: readonly string[], value: unknown): Fields =>
  Object.fromEntries(names.map((name) => [name, value]));

const plannedIn = (
  tree: unknown,
  module: Module,
  { changes, differing }: Reading,
): Planned | undefined => {
  const { address, mode, type, name, index, values, sensitive_values } = asRecord(tree);
  if (typeof address !== 'string' || typeof type !== 'string') return undefined;
  const change = asRecord(changes.get(address)?.['change']);
  const kind = mode === 'data' ? 'data' : 'managed';
  const differs = differingIn(asRecord(values), asRecord(change['after']));
  if (differs.length > 0) differing.set(address, differs);
  const unknown = asRecord(change['after_unknown']);
  const after = {
    ...asRecord(values),
    ...asRecord(change['after']),
    ...namedAs(differs, undefined),
  };
  const sensitive = bothMarked(change['after_sensitive'], sensitive_values);
  const written = module.configuration.resources.get(keyOf({ mode, type, name }));
  return {
    address,
    mode: kind,
    type,
    name: said(name),
    index: indexOf(index),
    module,
    after,
    unknown: differs.length === 0 ? unknown : { ...unknown, ...namedAs(differs, true) },
    sensitive,
    secrets: secretsIn(after, sensitive),
    expressions: written && asRecord(written['expressions']),
    providerKey: text(written?.['provider_config_key']) ?? 'aws',
  };
};

/** What is no list would be one of nothing, and so in order. */
const listedIn = (tree: unknown, name: string, { file }: Reading): readonly unknown[] => {
  const found = asRecord(tree)[name];
  if (found === undefined || found === null) return [];
  if (!Array.isArray(found))
    refuse(file, `${name} of this plan is no list, and it is not evaluated`);
  return list(found);
};

const readModule = (tree: unknown, module: Module, reading: Reading, depth = 0): void => {
  reading.modules.set(module.address, module);
  for (const one of listedIn(tree, 'resources', reading)) {
    const planned = plannedIn(one, module, reading);
    if (planned) reading.planned.push(planned);
  }
  if (depth > deepest) return;
  for (const child of listedIn(tree, 'child_modules', reading)) {
    const address = text(asRecord(child)['address']) ?? '';
    const [name, index] = lastOf(address, module.address);
    const call = asRecord(module.configuration.calls[name]);
    const inner: Module = {
      address,
      key: module.key === '' ? name : `${module.key}.${name}`,
      index,
      parent: module,
      call,
      configuration: configurationOf(call['module']),
    };
    readModule(child, inner, reading, depth + 1);
  }
};

const readIn = (tree: unknown, found: Map<string, Fields>, depth = 0): void => {
  const { resources, child_modules } = asRecord(tree);
  for (const one of list(resources)) {
    const { address, mode, values, sensitive_values } = asRecord(one);
    if (mode === 'data' && typeof address === 'string')
      found.set(address, asRecord(withoutSecrets(values, sensitive_values)));
  }
  if (depth < deepest) for (const one of list(child_modules)) readIn(one, found, depth + 1);
};

/** What makes resources of a template, or of a text, of its own. */
const makers: ReadonlySet<string> = new Set([
  ...['aws_cloudformation_stack', 'aws_cloudformation_stack_set', 'aws_cloudcontrolapi_resource'],
  'aws_serverlessapplicationrepository_cloudformation_stack',
  'aws_servicecatalog_provisioned_product',
  ...['awscc_cloudformation_stack', 'awscc_cloudformation_stack_set'],
  'awscc_servicecatalog_cloudformation_provisioned_product',
]);
/** What is there once the plan is applied, by one part of it, and not by the other: somebody cut it, or changed it by hand. */
const unplannedIn = ({ planned, changes }: Reading): readonly string[] => {
  const known = new Set(planned.map(({ address }) => address));
  return [...changes].flatMap(([address, { mode, change }]) => {
    const actions = list(asRecord(change)['actions']);
    const isMade = actions.some((one) => one === 'create' || one === 'update');
    return mode === 'managed' && isMade && !known.has(address)
      ? [`${address} is not evaluated: the planned_values do not have it, though it is made`]
      : [];
  });
};
/** The calls that a command names as the AWS CLI does, `put-bucket-policy`, by CloudTrail's names. */
const callsIn = (command: string): readonly string[] =>
  (command.match(/\b[a-z]+(?:-[a-z\d]+)+/g) ?? []).map((name) =>
    name.replace(/(?:^|-)([a-z\d])/g, (_, first: string) => first.toUpperCase()),
  );
/** Whether a command that the apply runs may set what a control looks at: it names such a call, or holds an attribute of AWS. */
const maySet = (provisioner: unknown): boolean => {
  const { type, expressions } = asRecord(provisioner);
  if (type !== 'local-exec') return false;
  const { constant_value, references } = asRecord(asRecord(expressions)['command']);
  return typeof constant_value === 'string'
    ? callsIn(constant_value).some((call) => typesSetBy(call).length > 0)
    : list(references).some((one) => /^aws/.test(said(one)));
};
const ranIn = ({ planned }: Reading): readonly string[] =>
  planned.flatMap(({ mode, module, type, name, address }) => {
    const written = module.configuration.resources.get(keyOf({ mode, type, name }));
    return list(written?.['provisioners']).some(maySet)
      ? [`${address} is not evaluated: its local-exec may call AWS`]
      : [];
  });
const unreadIn = (reading: Reading): readonly string[] => [
  ...reading.planned.flatMap(({ mode, type, address }) =>
    mode === 'managed' && makers.has(type)
      ? [`${address} is not evaluated: it deploys a template of its own, which is not read`]
      : [],
  ),
  ...unplannedIn(reading),
  ...ranIn(reading),
  ...[...reading.differing].map(
    ([address, names]) =>
      `${address} is evaluated without ${names.join(', ')}: the planned_values and the resource_changes say different things`,
  ),
];

const gapsIn = ({ complete, errored, deferred_changes }: Fields): readonly string[] => [
  ...(errored === true
    ? ['the plan ended with an error: what it does not hold is not evaluated']
    : []),
  ...(complete === false || list(deferred_changes).length > 0
    ? ['the plan is not complete: what it leaves out is not evaluated']
    : []),
];

/** Throws a sentence for what is no plan that is understood. */
export const planOf = (tree: unknown, file: string): Plan => {
  const top = asRecord(tree);
  const format = said(top['format_version']);
  if (!/^[01](?:\.\d+)*$/.test(format))
    refuse(
      file,
      `this plan has the format ${format.slice(0, 20)}, and only those before 2.0 are read: update Plumbline, or make it with an older Terraform`,
    );
  if (top['planned_values'] === undefined && top['values'] !== undefined)
    refuse(file, 'this is a state of Terraform, and no plan: write one with terraform plan -out');
  if (top['planned_values'] === undefined)
    refuse(file, 'this plan has no planned_values: write it with terraform show -json');
  const changes = new Map<string, Fields>();
  for (const one of list(top['resource_changes'])) {
    const change = asRecord(one);
    // What replaced resources leave behind for a while has the address of what replaces them.
    if (typeof change['address'] === 'string' && change['deposed'] === undefined)
      changes.set(change['address'], change);
  }
  const configuration = asRecord(top['configuration']);
  const root: Module = {
    address: '',
    key: '',
    index: undefined,
    parent: undefined,
    call: {},
    configuration: configurationOf(configuration['root_module']),
  };
  const reading: Reading = { file, changes, planned: [], modules: new Map(), differing: new Map() };
  readModule(asRecord(top['planned_values'])['root_module'], root, reading);
  const { length } = reading.planned;
  if (length > mostResources)
    refuse(file, `it has ${plural(length, 'resource')}; at most ${mostResources} are read`);
  const read = new Map<string, Fields>();
  readIn(asRecord(asRecord(top['prior_state'])['values'])['root_module'], read);
  return {
    format,
    planned: reading.planned,
    instances: groupsBy(reading.planned, (one) => keyIn(one.module, keyOf(one))),
    modules: reading.modules,
    variables: asRecord(top['variables']),
    providers: asRecord(configuration['provider_config']),
    read,
    gaps: [...gapsIn(top), ...unreadIn(reading)],
  };
};

/** An address as it is written in the module of its resource. */
export const ownPath = ({ module, address }: Planned): string =>
  module.address === '' ? address : address.slice(module.address.length + 1);
