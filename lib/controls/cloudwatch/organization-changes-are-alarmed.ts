import { alarmOn, calls } from './shared/trail-alarms.ts';

export const organizationChangesAreAlarmed = alarmOn(
  {
    id: 'PL.ALARM.1',
    title: 'A log metric filter and alarm should exist for changes of the organization',
    rationale: 'An account that leaves its organization leaves its guardrails as well.',
    cis: '4.15',
    what: 'changes of the organization',
  },
  calls(
    'organizations',
    'AcceptHandshake',
    'AttachPolicy',
    'CreateAccount',
    'CreateOrganizationalUnit',
    'CreatePolicy',
    'DeclineHandshake',
    'DeleteOrganization',
    'DeleteOrganizationalUnit',
    'DeletePolicy',
    'DetachPolicy',
    'DisablePolicyType',
    'EnablePolicyType',
    'InviteAccountToOrganization',
    'LeaveOrganization',
    'MoveAccount',
    'RemoveAccountFromOrganization',
    'UpdateOrganizationalUnit',
    'UpdatePolicy',
  ),
);
