import { z } from 'zod';
import { homeRegion, homeRegions } from '../../services/regions.ts';
import { didYouMean } from '../../support/nearest.ts';
import { runAs } from '../../support/run-as.ts';
import {
  type AccountSaid,
  account,
  accountAdvice,
  accounts,
  isAccountId,
} from './baseline-accounts.ts';
import { hostSetting, hosts, type OnHost } from './baseline-hosts.ts';
import { manifestSetting, type OnManifests } from './baseline-manifests.ts';
import { organizationOf, unit } from './baseline-organization.ts';
import { governedRegions, region, regions } from './baseline-regions.ts';
import {
  allowed,
  flag,
  mapping,
  parameter,
  shortOr,
  text,
  unique,
  whole,
} from './baseline-shapes.ts';
import type { Configurable } from './configurable.ts';
import { everyAccount } from './exemption.ts';
import { isMatchable } from './glob.ts';
import { isTimeZone, weekdays } from './maintenance-window.ts';
import {
  areFew,
  isOperatorArn,
  operatorAdvice,
  operatorRequests,
  operatorsLimit,
} from './operators.ts';
import { isRoleArn } from './protected-roles.ts';

const risk = z.enum(
  ['safe', 'disruptive'],
  allowed('safe, disruptive; destructive plans never run by themselves'),
);
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

const noParameters = 'none, the control has no parameters';
const parametersOf = (parameters: NonNullable<Configurable['parameters']>) =>
  mapping(
    Object.fromEntries(Object.entries(parameters).map(([name, each]) => [name, parameter(each)])),
    Object.keys(parameters).join(', ') || noParameters,
  );
const setting = ({ parameters = {} }: Configurable) =>
  mapping({
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
  mapping({
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

const share = (fallback: number) =>
  z
    .number(allowed('a number above 0, at most 1'))
    .gt(0, allowed('a number above 0, at most 1'))
    .max(1, allowed('a number above 0, at most 1'))
    .default(fallback);
const time = () =>
  z
    .string(allowed('a time such as 22:00'))
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, allowed('a time such as 22:00'));
const timeZone = z
  .string(allowed('a time zone such as Europe/Zurich'))
  .refine(isTimeZone, allowed('a time zone such as Europe/Zurich'));

const window = mapping({
  days: unique(z.enum(weekdays, allowed(weekdays.join(', '))), (day) => day, 'days')
    .min(1, allowed(`at least one of ${weekdays.join(', ')}`))
    .default([...weekdays]),
  from: time(),
  to: time(),
  timeZone: timeZone.default('UTC'),
});
const remediation = mapping({
  risk: risk.default('safe'),
  holdHours: whole(1, 720, 24),
  suppressionDays: whole(1, 365, 30),
  flapping: mapping({ drifts: whole(2, 10, 3), hours: whole(1, 168, 24) }).prefault({}),
  breaker: mapping({
    perHour: whole(1, 1000, 20),
    share: share(0.1),
    atLeast: whole(1, 1000, 3),
    reserve: whole(0, 1000, 5),
    closesAfterMinutes: whole(5, 10_080, 60),
  }).prefault({}),
  windows: z.array(window, allowed('a list of windows')).default([]),
  deployRoles: unique(
    text('the ARN of a role that deploys, or a glob of them').refine(
      isMatchable,
      allowed('the ARN of a role that deploys, or a glob of them; this glob matches nothing'),
    ),
    (role) => role,
    'roles',
  ).default([]),
  protectedRoles: unique(
    text('the ARN of a role that is never changed; * and ? stand for others').refine(
      isRoleArn,
      allowed('the ARN of a role, in which * and ? stand for others'),
    ),
    (role) => role,
    'roles',
  ).default([]),
});

const operatorArn = z.custom<string>((value) => typeof value === 'string' && isOperatorArn(value), {
  error: ({ input }) => operatorAdvice(input),
});
const atLeastOne = <T extends z.ZodType<readonly unknown[]>>(list: T, what: string) =>
  list.refine((said) => said.length > 0, allowed(`at least one ${what}`)).optional();
/** The ARN of an operator, or with what they may ask for: `{ arn, accounts: ['444455556666'], may: [exempt] }`. */
const operator = shortOr(
  operatorArn,
  mapping({
    arn: operatorArn,
    accounts: atLeastOne(
      unique(account, (id) => id, "accounts, such as ['444455556666']"),
      'account',
    ),
    organizationalUnits: atLeastOne(
      unique(unit, (id) => id, 'organizational units'),
      'organizational unit',
    ),
    may: atLeastOne(
      unique(
        z.enum(operatorRequests, allowed(operatorRequests.join(', '))),
        (ask) => ask,
        `what they may ask for: ${operatorRequests.join(', ')}`,
      ),
      `of ${operatorRequests.join(', ')}`,
    ),
  }),
  (arn) => ({ arn }),
);

const operators = unique(operator, ({ arn }) => arn, 'ARNs of roles and users')
  .refine((said) => areFew(said.map(({ arn }) => arn)), allowed(operatorsLimit))
  .default([]);

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

/** Each is made in the same fifteen minutes. */
const mostReports = 20;
/** A framework of somebody's own is a file beside the baseline. */
const isOwnFile = (name: string): boolean => /^[A-Za-z0-9][\w.-]{0,99}\.ya?ml$/.test(name);
/** Reports that are written by the clock, of frameworks that are built in or in a file beside the baseline. */
const reports = (frameworks: readonly string[]) =>
  unique(
    mapping(
      {
        standard: z.custom<string>(
          (value) => typeof value === 'string' && (frameworks.includes(value) || isOwnFile(value)),
          {
            error: ({ input }) =>
              /\.ya?ml$/.test(String(input))
                ? 'allowed: a YAML file beside the baseline, by its name, such as house.yaml'
                : didYouMean(String(input), frameworks, `allowed: ${frameworks.join(', ')}`),
          },
        ),
        every: z.enum(['day', 'week', 'month'], allowed('day, week, month')),
        to: z
          .literal('bucket', allowed("bucket, which is one of the stack's own"))
          .default('bucket'),
      },
      'standard, every, to',
    ),
    ({ standard, every }) => `${standard} every ${every}`,
    'reports',
  )
    .refine((all) => all.length <= mostReports, allowed(`at most ${mostReports} reports`))
    .default([]);
const isGoverned = (account: string, governed: readonly AccountSaid[]): boolean =>
  account === everyAccount || governed.some(({ id }) => id === account);
const ungoverned = (index: number, governed: readonly AccountSaid[]) => ({
  code: 'custom' as const,
  path: ['exemptions', index, 'account'],
  message: `allowed: ${[everyAccount, ...governed.map(({ id }) => `'${id}'`)].join(', ')}, which the baseline governs; without it an exemption is of the account where Plumbline stands`,
});

/** What is said of units without an organization, or of a unit and an account at once. */
const unitless = (path: (string | number)[], organization: object | undefined) => ({
  code: 'custom' as const,
  path,
  message: organization
    ? 'it is of an account or of an organizational unit: write two'
    : 'the baseline names no organization: `organization: { id: o-abcdef1234 }`',
});

interface OfOrganization {
  readonly accounts?: readonly string[] | undefined;
  readonly exclude: readonly string[];
  readonly overrides: readonly {
    readonly region?: string | undefined;
    readonly controls?: AccountSaid['controls'];
  }[];
}
/** What an organization says that cannot be: of a region that nobody governs, or twice. */
const outside = (
  organization: OfOrganization | undefined,
  lone: readonly AccountSaid[],
  { homeRegion: home, regions: said }: Pick<Whole, 'homeRegion' | 'regions'>,
) => {
  if (!organization) return [];
  const { accounts: named = [], exclude, overrides } = organization;
  const governed = governedRegions(home, said);
  const issue = (path: (string | number)[], message: string) => ({
    code: 'custom' as const,
    path: ['organization', ...path],
    message,
  });
  return [
    ...overrides.flatMap(({ region: at }, index) =>
      at === undefined || governed.includes(at)
        ? []
        : [
            issue(
              ['overrides', index, 'region'],
              `allowed: ${governed.join(', ')}, which are governed`,
            ),
          ],
    ),
    ...named.flatMap((id, index) =>
      exclude.includes(id) ? [issue(['accounts', index], 'it stands in exclude as well')] : [],
    ),
    ...lone.flatMap(({ id }) =>
      named.includes(id)
        ? [issue(['accounts', named.indexOf(id)], 'it stands in accounts as well')]
        : [],
    ),
  ];
};

const ranks = ['observe', 'plan', 'remediate'];
/** What is read and may be changed is deployed for all: an account can say that less is done there, and not more. */
const beyond = (
  governed: readonly (Pick<AccountSaid, 'controls'> & { readonly at: (string | number)[] })[],
  common: string,
  named: Readonly<
    Record<
      string,
      { readonly enabled?: boolean | undefined; readonly mode?: string | undefined } | undefined
    >
  >,
) =>
  governed.flatMap(({ controls = {}, at }) =>
    Object.entries(controls).flatMap(([id, said]) => {
      const most = named[id]?.mode ?? common;
      if (said?.mode === undefined || ranks.indexOf(said.mode) <= ranks.indexOf(most)) return [];
      return {
        code: 'custom' as const,
        path: [...at, 'controls', id, 'mode'],
        message: `allowed: ${ranks.slice(0, ranks.indexOf(most) + 1).join(', ')}; the baseline says ${most} of ${id}, and an account can say less`,
      };
    }),
  );

interface Whole {
  readonly homeRegion: string;
  readonly accounts?: readonly AccountSaid[] | undefined;
  readonly organization?: OfOrganization | undefined;
  readonly exemptions: readonly {
    readonly account?: string | undefined;
    readonly organizationalUnit?: string | undefined;
  }[];
  readonly operators: readonly { readonly organizationalUnits?: readonly string[] | undefined }[];
  readonly regions: readonly string[];
  readonly mode: string;
  readonly controls: Parameters<typeof beyond>[2];
}
/** What parts of a baseline say that do not go together. */
const faultsOf = ({
  accounts = [],
  organization,
  exemptions,
  operators: people,
  ...whole
}: Whole) => {
  const saying = [
    ...accounts.map((one, index) => ({ ...one, at: ['accounts', index] })),
    ...(organization?.overrides ?? []).map((one, index) => ({
      ...one,
      at: ['organization', 'overrides', index],
    })),
  ];
  return [
    ...beyond(saying, whole.mode, whole.controls),
    ...outside(organization, accounts, whole),
    ...exemptions.flatMap(({ account, organizationalUnit: unit }, index) => [
      ...(account !== undefined && !organization && !isGoverned(account, accounts)
        ? [ungoverned(index, accounts)]
        : []),
      ...(unit !== undefined && (!organization || account !== undefined)
        ? [unitless(['exemptions', index, 'organizationalUnit'], organization)]
        : []),
    ]),
    ...people.flatMap(({ organizationalUnits }, index) =>
      organizationalUnits !== undefined && !organization
        ? [unitless(['operators', index, 'organizationalUnits'], organization)]
        : [],
    ),
  ];
};

const unheard = (id: string) => ({
  code: 'custom' as const,
  path: ['controls', id],
  message: 'it is evaluated on hosts, which are off: set `hosts: true`',
});

/** What `plumbline.yaml` may hold, as the catalogue allows it. */
const mostReportTags = 10;
/**
 * What a key of a tag is made of, but `=`, at which `--tag key=value` is cut.
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const tagKey = /^[\p{L}\p{N}\p{Z}_.:/+@-]{1,128}$/u;
const reportTags = unique(
  text('the key of a tag').refine(
    (key) => tagKey.test(key),
    allowed('the key of a tag: at most 128 letters, digits, spaces and _ . : / + - @'),
  ),
  (key) => key,
  'keys of tags',
)
  .max(mostReportTags, allowed(`at most ${mostReportTags} keys of tags`))
  .default([]);

export const schemaFor = (
  controls: readonly Configurable[],
  onHosts: readonly OnHost[] = [],
  onManifests: readonly OnManifests[] = [],
  frameworks: readonly string[] = [],
  home: string = homeRegion,
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
    controls: mapping({
      ...Object.fromEntries(controls.map((control) => [control.id, setting(control)])),
      ...Object.fromEntries(onHosts.map((control) => [control.id, hostSetting(control)])),
      ...Object.fromEntries(onManifests.map((control) => [control.id, manifestSetting(control)])),
    }).default({}),
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
export type Settings = z.output<ReturnType<typeof schemaFor>>;
