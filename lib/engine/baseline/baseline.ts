import type { Risk } from '../../model/control.ts';
import { homeRegions } from '../../services/regions.ts';
import { UserError } from '../../support/user-error.ts';
import type { AccountSaid, AccountSetting } from './baseline-accounts.ts';
import { type HostSettings, hostSettings, type OnHost } from './baseline-hosts.ts';
import { type ManifestSettings, onManifests } from './baseline-manifests.ts';
import { problemsIn } from './baseline-problems.ts';
import { governedRegions } from './baseline-regions.ts';
import { type BaselineFile, type Elsewhere, schemaFor } from './baseline-schema.ts';
import { readYaml } from './baseline-yaml.ts';
import type { Configurable } from './configurable.ts';
import { accountIn, type Exemption, everyAccount } from './exemption.ts';
import type { MaintenanceWindow } from './maintenance-window.ts';
import type { OperatorScope } from './operators.ts';
import { type AccountLimits, isGoverning, type OrganizationSettings } from './organization.ts';
import { controlsTrusting } from './trusted-accounts.ts';

/** What one enabled control does, its parameters complete. */
export interface Enabled {
  readonly mode: Mode;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What failed before anybody watched is put right too. */
  readonly backlog: boolean;
  /** The most that may run by itself. */
  readonly risk: Exclude<Risk, 'destructive'>;
}
/** `observe` publishes, `plan` says too what would be done, `remediate` does it. */
export type Mode = 'observe' | 'plan' | 'remediate';

/** Limits of what is done without a person. */
export interface RemediationLimits {
  /** Hours in which what a person took back is left alone. */
  readonly holdHours: number;
  /** Days for which a finding that an operator suppressed is left alone. */
  readonly suppressionDays: number;
  /** So many drifts of one control on one resource in so many hours are a quarrel, which a person settles. */
  readonly flapping: { readonly drifts: number; readonly hours: number };
  /**
   * Most actions of one control in an hour: `perHour` for all, and for drift that one user or role brought about the
   * `share` of all resources of the type if that is less, but `atLeast`; `reserve` more of each for what is CRITICAL or exposed.
   */
  readonly breaker: {
    readonly perHour: number;
    readonly share: number;
    readonly atLeast: number;
    readonly reserve: number;
    readonly closesAfterMinutes: number;
  };
  /** When anything may be done; always where none is given. */
  readonly windows: readonly MaintenanceWindow[];
  /** Of levels of an organization: of each list one has to be open as well. @default - nothing is said there */
  readonly furtherWindows?: readonly (readonly MaintenanceWindow[])[];
  /** ARNs, or globs of them, of the roles that deploy: what they change is theirs. */
  readonly deployRoles: readonly string[];
  /** ARNs of roles that Plumbline never changes, in which `*` and `?` stand for others. */
  readonly protectedRoles: readonly string[];
}
/** For how long a history is kept. */
export interface HistorySettings {
  /** Verdicts. */
  readonly days: number;
  /** Who the people in them are. */
  readonly peopleDays: number;
  /** Whether files can not be deleted or written over before their time, in S3's governance mode. */
  readonly lock: boolean;
}
export type ReportEvery = 'day' | 'week' | 'month';
/** A report that is written by the clock. */
export interface ReportSchedule {
  /** The id of a framework, or the file of one beside the baseline. */
  readonly standard: string;
  readonly every: ReportEvery;
  /** Where it is written: a bucket of the stack's own. */
  readonly to: 'bucket';
}
/** `plumbline.yaml`, checked and resolved: plain JSON, as the handlers read it. */
export interface Baseline {
  /** Where Plumbline stands, and where global and account types are evaluated. */
  readonly homeRegion: string;
  /** Whose resources are evaluated: the home region first, then the others by name. */
  readonly regions: readonly string[];
  /** Other accounts whose resources are evaluated, in the same regions. @default - none */
  readonly accounts?: readonly string[];
  /** Those of them where something may be put right. @default - none: what would be is only planned there */
  readonly remediatedAccounts?: readonly string[];
  /** By account, what counts otherwise there of controls that are enabled. @default - the same counts everywhere */
  readonly accountControls?: Readonly<Record<string, Readonly<Record<string, AccountSetting>>>>;
  /** By account and region, what counts otherwise in that region. @default - all regions are alike */
  readonly accountRegions?: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, AccountSetting>>>>>
  >;
  /** By account, what is stricter there. @default - the same limits count everywhere */
  readonly accountLimits?: Readonly<Record<string, AccountLimits>>;
  /** Whose accounts are governed as they come and go: they are in `accounts` once they are listed. @default - none is */
  readonly organization?: OrganizationSettings;
  /** `failures` leaves out a PASS that never had a finding. */
  readonly publish: 'all' | 'failures';
  /** A resource with this tag holds what must not leak. */
  readonly sensitivityTag?: { readonly key: string; readonly values: readonly string[] };
  /** Keys of the tags that are kept of each resource, so that reports can be narrowed by them. @default - none is kept */
  readonly reportTags?: readonly string[];
  readonly controls: Readonly<Record<string, Enabled>>;
  /** Of what is in the account where Plumbline stands. */
  readonly exemptions: readonly Exemption[];
  /** Those that can count in other accounts, each in the one that it or its ARN says. @default - none */
  readonly exemptionsElsewhere?: readonly Exemption[];
  /** ARNs of the roles and users who may ask for what changes something, exactly these. */
  readonly operators: readonly string[];
  /** By ARN, of those who may not ask for everything in every account. @default - there are none */
  readonly operatorScopes?: Readonly<Record<string, OperatorScope>>;
  readonly remediation: RemediationLimits;
  /** @default - hosts are not looked at */
  readonly hosts?: HostSettings;
  readonly configRules: boolean;
  /** The custom actions in Security Hub's console; with `actions` they also change something. @default - none */
  readonly securityHub?: { readonly actions: boolean };
  readonly dashboard: boolean;
  /** What happened is kept in files. @default - only the present is kept */
  readonly history?: HistorySettings;
  /** @default - no report is written by the clock */
  readonly reports?: readonly ReportSchedule[];
}

interface Setting {
  readonly enabled?: boolean | undefined;
  readonly mode?: Mode | undefined;
  readonly backlog?: boolean | undefined;
  readonly risk?: Enabled['risk'] | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

const enabled = (
  { parameters = {} }: Configurable,
  { mode, remediation }: Pick<BaselineFile, 'mode' | 'remediation'>,
  setting?: Setting | undefined,
): Enabled => ({
  mode: setting?.mode ?? mode,
  backlog: setting?.backlog ?? false,
  risk: setting?.risk ?? remediation.risk,
  parameters: Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      setting?.parameters?.[name] ?? parameter.default,
    ]),
  ),
});

const isIn = ({ id, standards }: Configurable, preset: string): boolean =>
  preset === 'all' || (preset === 'own' ? id.startsWith('PL.') : Object.hasOwn(standards, preset));
/** A control that is named counts as chosen, whatever the presets hold. */
const isEnabled = (
  control: Configurable,
  presets: readonly string[],
  setting: Setting | undefined,
): boolean =>
  setting ? setting.enabled !== false : presets.some((preset) => isIn(control, preset));

const lastMomentOf = (day: string): string => `${day}T23:59:59.999Z`;

/** Host controls are chosen by their areas; whatever counts for all others, they are observed unless named. */
const onHosts = (
  { hosts, controls: settings, remediation }: BaselineFile,
  controls: readonly OnHost[],
): Baseline['controls'] =>
  Object.fromEntries(
    controls
      .filter(({ id, area }) => hosts?.areas.includes(area) && settings[id]?.enabled !== false)
      .map((control) => [
        control.id,
        enabled(control, { mode: 'observe', remediation }, settings[control.id]),
      ]),
  );

/** Without the controls that are about remediation, where nothing is put right by itself. */
const ofUse = (
  controls: readonly Configurable[],
  chosen: Baseline['controls'],
): Baseline['controls'] => {
  const about = controls.filter((control) => control.onlyWhereRemediating).map(({ id }) => id);
  const isAbout = (id: string) => about.some((one) => one === id);
  const others = Object.entries(chosen).filter(([id]) => !isAbout(id));
  return others.some(([, { mode }]) => mode === 'remediate') ? chosen : Object.fromEntries(others);
};

/** Without the controls that are about other accounts, where there are none. */
const withAccounts = (
  all: readonly Configurable[],
  settings: Pick<BaselineFile, 'accounts' | 'organization'>,
): readonly Configurable[] =>
  isGoverning(settings) ? all : all.filter((control) => !control.onlyWithAccounts);

const accountsIn = (
  said: readonly AccountSaid[],
): Pick<Baseline, 'accounts' | 'remediatedAccounts' | 'accountControls'> => {
  const accounts = said.map(({ id }) => id).sort();
  const remediatedAccounts = said.flatMap(({ id, remediate }) => (remediate ? id : [])).sort();
  const differing = said.flatMap(({ id, controls = {} }) => {
    const its = Object.entries(controls).filter(
      (one): one is [string, AccountSetting] => one[1] !== undefined,
    );
    return its.length === 0 ? [] : [[id, Object.fromEntries(its)] as const];
  });
  return {
    ...(accounts.length === 0 ? {} : { accounts }),
    ...(remediatedAccounts.length === 0 ? {} : { remediatedAccounts }),
    ...(differing.length === 0 ? {} : { accountControls: Object.fromEntries(differing) }),
  };
};

/** What an organization says, with the controls that its presets turn on or off among those that are enabled. */
const organizationIn = (
  said: BaselineFile['organization'],
  controls: readonly Configurable[],
): Pick<Baseline, 'organization'> => {
  if (!said) return {};
  const overrides = said.overrides.map(({ presets, controls: named = {}, ...override }) => {
    const chosen = (presets ? controls : []).map(
      (control) =>
        [control.id, { enabled: presets?.some((preset) => isIn(control, preset)) }] as const,
    );
    const its = Object.entries(named).flatMap(([id, setting]) =>
      setting ? [[id, { ...(presets ? { enabled: true } : {}), ...setting }] as const] : [],
    );
    return { ...override, controls: Object.fromEntries([...chosen, ...its]) };
  });
  return { organization: { ...said, overrides } };
};

const operatorsIn = (
  said: BaselineFile['operators'],
): Pick<Baseline, 'operators' | 'operatorScopes'> => {
  const scopes = said.flatMap(({ arn, ...scope }) => {
    const narrowed = Object.entries(scope).filter(([, value]) => value !== undefined);
    return narrowed.length === 0 ? [] : [[arn, Object.fromEntries(narrowed)] as const];
  });
  return {
    operators: said.map(({ arn }) => arn),
    ...(scopes.length === 0 ? {} : { operatorScopes: Object.fromEntries(scopes) }),
  };
};

/** Where each exemption counts: a resource of another account can have any name, so that a name alone exempts nothing there. */
const exemptionsIn = (
  all: readonly Exemption[],
): Pick<Baseline, 'exemptions' | 'exemptionsElsewhere'> => {
  const elsewhere = all.filter(
    ({ account, organizationalUnit: unit, resource }) =>
      account !== undefined || unit !== undefined || accountIn(resource) !== undefined,
  );
  return {
    exemptions: all.filter(
      ({ account = everyAccount, organizationalUnit: unit }) =>
        unit === undefined && account === everyAccount,
    ),
    ...(elsewhere.length === 0 ? {} : { exemptionsElsewhere: elsewhere }),
  };
};

const resolved = (
  settings: BaselineFile,
  all: readonly Configurable[],
  hostControls: readonly OnHost[],
): Baseline => {
  const { presets = ['all'], sensitivityTag, exemptions, mode: _, hosts, ...others } = settings;
  const {
    securityHub,
    history,
    reports,
    reportTags,
    accounts = [],
    organization,
    ...rest
  } = others;
  const controls = withAccounts(all, settings);
  const enabledOnes = controls.filter((control) =>
    isEnabled(control, presets, settings.controls[control.id]),
  );
  const { risk, ...limits } = settings.remediation;
  const named = accountsIn(accounts);
  return {
    ...rest,
    regions: governedRegions(settings.homeRegion, settings.regions),
    ...named,
    ...organizationIn(organization, enabledOnes),
    ...operatorsIn(settings.operators),
    remediation: limits,
    ...(sensitivityTag === undefined ? {} : { sensitivityTag }),
    ...(reportTags.length === 0 ? {} : { reportTags }),
    ...(hosts === undefined ? {} : { hosts: hostSettings(hosts) }),
    ...(securityHub === undefined ? {} : { securityHub }),
    ...(history === undefined ? {} : { history }),
    ...(reports.length === 0 ? {} : { reports }),
    controls: ofUse(controls, {
      ...controlsTrusting(
        Object.fromEntries(
          enabledOnes.map((control) => [
            control.id,
            enabled(control, settings, settings.controls[control.id]),
          ]),
        ),
        named.accounts ?? [],
      ),
      ...onHosts(settings, hostControls),
    }),
    ...exemptionsIn(
      exemptions.map(({ account, organizationalUnit, ...each }) => ({
        ...each,
        ...(account === undefined ? {} : { account }),
        ...(organizationalUnit === undefined ? {} : { organizationalUnit }),
        expires: lastMomentOf(each.expires),
      })),
    ),
  };
};

const settingsIn = (
  text: string,
  fileName: string,
  controls: readonly Configurable[],
  elsewhere: Elsewhere,
): BaselineFile => {
  const source = readYaml(text, fileName);
  // What regions there are depends on the partition, which the home region says.
  const said: unknown = Reflect.get(Object(source.value), 'homeRegion');
  const home = homeRegions.find((one) => one === said);
  const named: unknown = Reflect.get(Object(source.value), 'controls');
  const isNamed = (id: string) => Object.hasOwn(Object(named), id);
  const schema = schemaFor(controls, { ...elsewhere, home, isNamed });
  const result = schema.safeParse(source.value ?? {});
  if (!result.success) throw new UserError(problemsIn(source, result.error.issues).join('\n'));
  return result.data;
};

const baselineIn = (
  settings: BaselineFile,
  controls: readonly Configurable[],
  { hosts = [], manifests = [] }: Elsewhere,
): Baseline => {
  const isOfManifests = (id: string) => manifests.some((one) => one.id === id);
  const exemptions = settings.exemptions.filter(({ control }) => !isOfManifests(control));
  return resolved({ ...settings, exemptions }, controls, hosts);
};

/**
 * The baseline that a YAML text says; throws with every line that is wrong, what it says and what is allowed. What it says
 * of manifests is not in it: nothing that is deployed knows of them.
 */
export const parseBaseline = (
  text: string,
  fileName: string,
  controls: readonly Configurable[],
  elsewhere: Elsewhere = {},
): Baseline => baselineIn(settingsIn(text, fileName, controls, elsewhere), controls, elsewhere);

/** The same, with what the text says of manifests. */
export const parseWithManifests = (
  text: string,
  fileName: string,
  controls: readonly Configurable[],
  elsewhere: Elsewhere,
): { readonly baseline: Baseline; readonly manifests: ManifestSettings } => {
  const settings = settingsIn(text, fileName, controls, elsewhere);
  const { exemptions, sensitivityTag } = settings;
  return {
    baseline: baselineIn(settings, controls, elsewhere),
    manifests: {
      controls: onManifests(elsewhere.manifests ?? [], settings.controls),
      exemptions: exemptions.map(({ account: _, organizationalUnit: __, ...each }) => ({
        ...each,
        expires: lastMomentOf(each.expires),
      })),
      ...(sensitivityTag === undefined ? {} : { sensitivityTag }),
    },
  };
};

/** Every control, observed, with its defaults: what counts where there is no `plumbline.yaml`. */
export const defaultBaseline = (controls: readonly Configurable[]): Baseline =>
  parseBaseline('{}', 'plumbline.yaml', controls);
