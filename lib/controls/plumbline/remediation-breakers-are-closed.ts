import { defineControl, type Evidence, failUntil, pass } from '../../model/control.ts';
import { breakers } from '../../resources/account/breakers.ts';
import { breakerName, type InAccount } from '../../support/breaker-name.ts';
import { runAs } from '../../support/run-as.ts';

const evidenceOf = ({
  until,
  ...of
}: InAccount & { readonly until: string | undefined }): Evidence => ({
  path: `breakers[${breakerName(of)}]`,
  actual: until === undefined ? 'open' : `open until ${until}`,
  expected: 'closed',
});

export const remediationBreakersAreClosed = defineControl(breakers, {
  id: 'PL.BREAKER.1',
  title: 'No control of Plumbline should have reached its limit of remediations',
  severity: 'HIGH',
  rationale:
    'So many drifts of one control within an hour are an incident or a mistake, and are only planned until somebody looks.',
  standards: {},
  needs: ['breakers'],
  evaluate({ breakers }, { at }) {
    const open = breakers.filter(
      ({ until }) => until === undefined || Date.parse(until) > at.getTime(),
    );
    if (open.length === 0) return pass;
    const times = open.flatMap(({ until }) => (until === undefined ? [] : [Date.parse(until)]));
    const named = open
      .map(({ control, account }) => (account ? `${control} in account ${account}` : control))
      .toSorted();
    return failUntil(
      times.length > 0 ? new Date(Math.min(...times) + 1000) : undefined,
      `only planned: ${named.join(', ')}`,
      open.map(evidenceOf),
    );
  },
  remediation: {
    advice: `See what drifted with: ${runAs('actions')}. Then close the breaker with: ${runAs('breakers close <control>')}. Or wait until it closes by itself.`,
    url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html',
  },
});
