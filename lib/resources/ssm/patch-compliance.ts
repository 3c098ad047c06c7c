import { reportsType } from './compliance.ts';

/** What was reported of a machine's patches. */
export const patchCompliance = reportsType({
  type: 'AWS::SSM::PatchCompliance',
  securityHubType: 'AwsSsmPatchCompliance',
  reported: 'Patch',
});
