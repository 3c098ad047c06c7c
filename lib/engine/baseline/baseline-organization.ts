import { z } from 'zod';
import { account } from './baseline-accounts.ts';
import { allowed, flag, mapping, text, unique } from './baseline-shapes.ts';
import { isUnitId } from './organization.ts';

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
const organizationId = /^o-[a-z0-9]{10,32}$/;

export const unit = z.custom<string>(
  (said) => typeof said === 'string' && isUnitId(said),
  allowed('an organizational unit such as ou-ab12-11111111, or the root, such as r-ab12'),
);

/** Overrides of one size of organization: each is looked through for each account. */
const mostOverrides = 200;

const oneOf = ['organizationalUnit', 'account', 'region'] as const satisfies readonly string[];

/** What the schema of the whole baseline knows and this does not. */
export interface Said<C extends z.ZodType, R extends z.ZodType, W extends z.ZodType> {
  readonly controls: C;
  readonly region: R;
  readonly windows: W;
  readonly presets: readonly string[];
}

const overrideOf = <C extends z.ZodType, R extends z.ZodType, W extends z.ZodType>({
  controls,
  region,
  windows,
  presets,
}: Said<C, R, W>) =>
  mapping({
    organizationalUnit: unit.optional(),
    account: account.optional(),
    region: region.optional(),
    remediate: z.boolean(allowed('true or false')).optional(),
    stopped: flag().optional(),
    presets: unique(z.enum(presets, allowed(presets.join(', '))), (id) => id, 'presets').optional(),
    controls: controls.optional(),
    remediation: mapping({
      holdHours: z.int(allowed('a whole number from 1 to 720')).min(1).max(720).optional(),
      perHour: z.int(allowed('a whole number from 1 to 1000')).min(1).max(1000).optional(),
      windows: windows.optional(),
    }).optional(),
  }).superRefine((override, context) => {
    const {
      organizationalUnit,
      account: id,
      region: at,
      remediate,
      stopped,
      remediation,
    } = override;
    const issue = (path: readonly string[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message });
    if (organizationalUnit === undefined && id === undefined && at === undefined)
      issue([], `an override says what it is of: ${oneOf.join(', ')}`);
    if (organizationalUnit !== undefined && id !== undefined)
      issue(['account'], 'an override is of an organizational unit or of an account: write two');
    // A role that changes something is deployed to whole units, but not to some of their accounts.
    if (remediate === false && id === undefined)
      issue(
        ['remediate'],
        'only an account can say false: say true of the units and accounts where something may be put right, and of no other',
      );
    if (at !== undefined && (remediate !== undefined || stopped || remediation !== undefined))
      issue(['region'], 'of a region only presets and controls can be said');
  });

/**
 * `organization: { id: o-abcdef1234, organizationalUnits: [ou-ab12-11111111] }`: the accounts in these units are governed,
 * as they come and go; `overrides` say what counts otherwise in a unit, an account or a region.
 */
export const organizationOf = <C extends z.ZodType, R extends z.ZodType, W extends z.ZodType>(
  said: Said<C, R, W>,
) =>
  mapping({
    id: text('the id of an organization, such as o-abcdef1234').regex(
      organizationId,
      allowed('the id of an organization, such as o-abcdef1234'),
    ),
    organizationalUnits: unique(unit, (id) => id, 'organizational units')
      .min(1, allowed('at least one organizational unit'))
      // CloudFormation takes so many targets in one operation of a StackSet.
      .max(50, allowed('at most 50 organizational units'))
      .optional(),
    accounts: unique(account, (id) => id, "accounts, such as ['444455556666']")
      .min(1, allowed('at least one account'))
      .optional(),
    exclude: unique(account, (id) => id, "accounts, such as ['444455556666']").default([]),
    overrides: z
      .array(overrideOf(said), allowed('a list of overrides'))
      .max(mostOverrides, allowed(`at most ${mostOverrides} overrides`))
      .default([]),
  }).optional();
