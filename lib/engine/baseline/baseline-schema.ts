import { z } from 'zod';
import { homeRegion, homeRegions } from '../../services/regions.ts';
import { didYouMean } from '../../support/nearest.ts';
import { runAs } from '../../support/run-as.ts';
import { accountAdvice, accounts, isAccountId } from './baseline-accounts.ts';
import { faultsOf, unheard } from './baseline-faults.ts';
import { hostSetting, hosts, type OnHost } from './baseline-hosts.ts';
import { manifestSetting, type OnManifests } from './baseline-manifests.ts';
import { operators } from './baseline-operators.ts';
import { organizationOf, unit } from './baseline-organization.ts';
import { region, regions } from './baseline-regions.ts';
import { remediation, risk, window } from './baseline-remediation.ts';
import { reports, reportTags } from './baseline-reports.ts';
import {
  allowed,
  controlMapping,
  flag,
  mapping,
  parametersOf,
  text,
  unique,
  whole,
} from './baseline-shapes.ts';
import type { Configurable } from './configurable.ts';
import { everyAccount } from './exemption.ts';
import { isMatchable } from './glob.ts';

/** What `plumbline.yaml` may name beside the controls on AWS resources. */
export interface Elsewhere {
  readonly hosts?: readonly OnHost[] | undefined;
  readonly manifests?: readonly OnManifests[] | undefined;
  /** Ids of the frameworks that a report by the clock may be of. */
  readonly frameworks?: readonly string[] | undefined;
}

const mode = z
  .enum(['observe', 'plan', 'remediate'], {
    error: () => 'allowed: observe, plan, remediate; a control is turned off by `enabled: false`',
  })
  .optional();
/** What counts for every control: only a control that is named can be remediated. */
const commonMode = z
  .enum(['observe', 'plan'], {
    error: ({ input }) =>
      input === 'remediate'
        ? 'remediate is set for each control by its id, never for all: `controls: { S3.8: { mode: remediate } }`'
        : 'allowed: observe, plan',
  })
  .default('observe');

const setting = ({ parameters = {} }: Configurable) =>
  controlMapping({
    enabled: z.boolean(allowed('true or false')).optional(),
    mode,
    backlog: flag().optional(),
    risk: risk.optional(),
    parameters: parametersOf(parameters).optional(),
  }).optional();

/** An account can turn a control off; below a unit that does so it can be on again. */
const offThere = z
  .literal(false, allowed('false; what no other account has, the baseline does not enable'))
  .optional();
const onOrOff = z.boolean(allowed('true or false')).optional();

/** What an account may say of a control: how it counts there, or that it does not. */
const settingThere = (
  { parameters = {} }: Configurable,
  enabledThere: typeof offThere | typeof onOrOff,
) =>
  controlMapping({
    enabled: enabledThere,
    mode,
    backlog: z.boolean(allowed('true or false')).optional(),
    risk: risk.optional(),
    parameters: parametersOf(parameters).optional(),
  }).optional();

/** The same of each control; made only where a baseline says it, since that takes as long as all else. */
const settingsThere = (
  controls: readonly Configurable[],
  enabledThere: typeof offThere | typeof onOrOff,
) =>
  z.lazy(() =>
    mapping(
      Object.fromEntries(
        controls.map((control) => [control.id, settingThere(control, enabledThere)]),
      ),
    ),
  );

const controlId = (ids: readonly string[]) =>
  z.enum(ids, {
    error: ({ input }) =>
      didYouMean(String(input), ids, `allowed: an id that ${runAs('controls')} lists`),
  });

const exemption = (ids: readonly string[]) =>
  mapping({
    control: controlId(ids),
    account: z
      .custom<string>((said) => said === everyAccount || isAccountId(said), {
        error: ({ input }) => `${accountAdvice(input)}; or ${everyAccount}`,
      })
      .optional(),
    organizationalUnit: unit.optional(),
    resource: text('an ARN, an id, or a glob of them').refine(
      isMatchable,
      allowed('an ARN, an id, or a glob of them; this glob matches nothing'),
    ),
    owner: text('who answers for it'),
    reason: text('why it may be so'),
    expires: z.iso.date(allowed('the last day on which it counts, such as 2027-01-31')),
  });

/** `securityHub: true`, or with what is said of it; off where it is not said. */
const securityHub = z.preprocess(
  (value) => (value === true ? {} : value === false ? undefined : value),
  mapping({ actions: flag() }, 'actions, or true or false for all of it').optional(),
);

/** `history: true`, or with what is said of it; off where it is not said. */
const history = z.preprocess(
  (value) => (value === true ? {} : value === false ? undefined : value),
  mapping(
    { days: whole(30, 3650, 400), peopleDays: whole(1, 3650, 90), lock: flag() },
    'days, peopleDays, lock, or true or false for all of it',
  ).optional(),
);

/** The setting of each of these that is named, and no other: the schemas of a whole catalogue take a tenth of a second. */
const settingsOf = <C extends { readonly id: string }, S extends z.ZodType>(
  controls: readonly C[],
  isNamed: (id: string) => boolean,
  settingOf: (control: C) => S,
): Record<string, S> =>
  Object.fromEntries(
    controls.filter(({ id }) => isNamed(id)).map((control) => [control.id, settingOf(control)]),
  );

/** What `plumbline.yaml` may hold, as the catalogue allows it; of the controls' settings those that it names. */
export const schemaFor = (
  controls: readonly Configurable[],
  {
    hosts: onHosts = [],
    manifests: onManifests = [],
    frameworks = [],
    home = homeRegion,
    isNamed,
  }: Elsewhere & {
    readonly home?: string | undefined;
    readonly isNamed: (id: string) => boolean;
  },
) => {
  const ids = [...controls, ...onHosts, ...onManifests].map(({ id }) => id);
  const presets = ['all', 'own', ...new Set(controls.flatMap((c) => Object.keys(c.standards)))];
  const shape = {
    homeRegion: z
      .enum(homeRegions, {
        error: `this version is at home where IAM is heard: in ${homeRegions.join(', ')}`,
      })
      .default(homeRegion),
    regions: regions(home),
    accounts: accounts(settingsThere(controls, offThere)),
    organization: organizationOf({
      controls: settingsThere(controls, onOrOff),
      region: region(home),
      windows: z.array(window, allowed('a list of windows')),
      presets,
    }),
    publish: z.enum(['all', 'failures'], allowed('all, failures')).default('all'),
    presets: unique(z.enum(presets, allowed(presets.join(', '))), (id) => id, 'presets').optional(),
    sensitivityTag: mapping({
      key: text('the key of a tag'),
      values: unique(text('a value of the tag'), (value) => value, 'values').min(
        1,
        allowed('at least one value'),
      ),
    }).optional(),
    reportTags,
    mode: commonMode,
    operators,
    remediation: remediation.prefault({}),
    securityHub,
    hosts: hosts(onHosts),
    controls: mapping(
      {
        ...settingsOf(controls, isNamed, setting),
        ...settingsOf(onHosts, isNamed, hostSetting),
        ...settingsOf(onManifests, isNamed, manifestSetting),
      },
      ids.join(', '),
      'a mapping of ids of controls, such as `{ S3.8: { enabled: false } }`',
    ).default({}),
    exemptions: unique(
      exemption(ids),
      ({ control, resource, account = '', organizationalUnit = '' }) =>
        `${control} ${resource} ${account}${organizationalUnit}`,
      'exemptions',
    ).default([]),
    configRules: flag(),
    dashboard: flag(),
    history,
    reports: reports(frameworks),
  };
  return mapping(shape).superRefine((settings, context) => {
    for (const issue of faultsOf(settings)) context.addIssue(issue);
    for (const { id } of settings.hosts ? [] : onHosts)
      if (settings.controls[id] !== undefined) context.addIssue(unheard(id));
  });
};
export type BaselineFile = z.output<ReturnType<typeof schemaFor>>;
