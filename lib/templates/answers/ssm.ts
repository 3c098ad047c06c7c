import { ssmSettings } from '../../resources/account/ssm-region.ts';
import type { Stack } from '../stack.ts';
import { accountKeys, settingHere } from './account.ts';
import { type Answer, type Answers, awsError, text } from './answer.ts';

const documentType = 'AWS::SSM::Document';

/** CloudFormation shares no document; Terraform says with whom, `All` or account ids with commas between them. */
const permission: Answer = (stack, { Name }) => {
  const found = stack.find([documentType], (one) => one.name === Name);
  if (!found) throw awsError('InvalidDocument');
  const shared = found.get('Permissions', 'AccountIds').oneOrMoreTexts();
  const ids = shared
    .flatMap((one) => (one.text(['All', '']) ?? '').split(/\s*,\s*/))
    .filter((id) => id !== '');
  return { AccountIds: ids.map((id) => (id.toLowerCase() === 'all' ? 'all' : id)) };
};

const keys: Readonly<Record<string, string>> = {
  [ssmSettings.publicSharing]: accountKeys.documents,
  [ssmSettings.automationLog]: accountKeys.automation,
};
const shownOf = (stack: Stack, id: string): string | undefined => {
  const key = Object.entries(keys).find(([path]) => id.endsWith(`servicesetting/${path}`))?.[1];
  if (key === undefined) throw awsError('ServiceSettingNotFound');
  return settingHere(stack, key)?.get('Value').text(['Enable', 'Disable']);
};
const setting: Answer = (stack, { SettingId }) => {
  const SettingValue = shownOf(stack, text(SettingId));
  return { ServiceSetting: { SettingValue, Status: 'Customized' } };
};

export const ssmAnswers: Answers = {
  describeDocumentPermission: permission,
  getServiceSetting: setting,
};
