import { checkedPlan, planOf, type Written } from './plans.ts';

const setting = (id: string, value: string): Written => ({
  address: 'aws_ssm_service_setting.it',
  values: { setting_id: id, setting_value: value },
});
const documentFor = (permissions?: object): Written => ({
  address: 'aws_ssm_document.it',
  values: { name: 'orders', document_type: 'Command', ...(permissions ? { permissions } : {}) },
});
const sharing = '/ssm/documents/console/public-sharing-permission';

it.each<[name: string, written: Written, control: string, verdicts: readonly string[]]>([
  ['a document', documentFor(), 'SSM.4', ['PASS']],
  ['one for everybody', documentFor({ type: 'Share', account_ids: 'All' }), 'SSM.4', ['FAIL']],
  [
    'one for everybody among others in a list',
    documentFor({ type: 'Share', account_ids: ['444455556666', 'all'] }),
    'SSM.4',
    ['FAIL'],
  ],
  [
    'one for an account in a list',
    documentFor({ type: 'Share', account_ids: ['444455556666'] }),
    'SSM.4',
    ['PASS'],
  ],
  [
    'one for two accounts',
    documentFor({ type: 'Share', account_ids: '444455556666,777788889999' }),
    'PL.SSM.1',
    ['FAIL'],
  ],
  ['sharing that is blocked', setting(sharing, 'Disable'), 'SSM.7', ['PASS']],
  [
    'sharing that is not, by the ARN of the setting',
    setting(`arn:aws:ssm:eu-central-1:111122223333:servicesetting${sharing}`, 'Enable'),
    'SSM.7',
    ['FAIL'],
  ],
  ['sharing alone, of which the log is no part', setting(sharing, 'Disable'), 'SSM.6', []],
  ['another setting', setting('/ssm/parameter-store/default-parameter-tier', 'a'), 'SSM.7', []],
])('evaluates %s', async (_, written, control, verdicts) => {
  const all = await checkedPlan(planOf([written]));
  const found = all.filter((one) => one.control.id === control);
  expect(found.map(({ verdict }) => verdict.status)).toEqual(verdicts);
});
