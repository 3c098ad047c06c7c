import { planOf, verdictIn, type Written } from './plans.ts';

const settings = (more: object, method_path = '*/*', stage_name = 'prod'): Written => ({
  address: 'aws_api_gateway_method_settings.it',
  values: { rest_api_id: 'a1b2c3', stage_name, method_path, settings: [more] },
});
const stage = (more: object): Written => ({
  address: 'aws_api_gateway_stage.it',
  values: { stage_name: 'prod', ...more },
  unknown: { id: true, arn: true },
});
const plain = { caching_enabled: true, cache_data_encrypted: false };

describe('settings of methods whose stage another plan makes', () => {
  it.each<[name: string, settings: Written, control: string, verdict: string]>([
    ['a cache in the clear', settings(plain), 'APIGateway.5', 'FAIL'],
    ['a cache of one method in the clear', settings(plain, 'a/GET'), 'APIGateway.5', 'FAIL'],
    [
      'a cache that is encrypted',
      settings({ caching_enabled: true, cache_data_encrypted: true }),
      'APIGateway.5',
      '0 verdicts',
    ],
    ['no logs', settings({ logging_level: 'OFF' }), 'APIGateway.1', 'FAIL'],
    ['logs', settings({ logging_level: 'INFO' }), 'APIGateway.1', '0 verdicts'],
    ['nothing of a certificate', settings({ logging_level: 'OFF' }), 'APIGateway.2', '0 verdicts'],
  ])('with %s', async (_, one, control, verdict) => {
    expect(await verdictIn(planOf([one]), control, one.address)).toBe(verdict);
  });
});

it.each<[name: string, stage: Written, of: string]>([
  ['of its API and its name', stage({ rest_api_id: 'a1b2c3' }), 'aws_api_gateway_stage.it'],
  ['that does not say which API it is of', stage({}), 'aws_api_gateway_stage.it'],
  ['of another API', stage({ rest_api_id: 'd4e5f6' }), 'aws_api_gateway_method_settings.it'],
  [
    'of another name',
    stage({ rest_api_id: 'a1b2c3', stage_name: 'dev' }),
    'aws_api_gateway_method_settings.it',
  ],
])('settings of methods beside a stage %s', async (_, one, address) => {
  const plan = planOf([one, settings(plain)]);
  expect(await verdictIn(plan, 'APIGateway.5', address)).toBe('FAIL');
  const other = [one.address, settings({}).address].find((each) => each !== address) ?? '';
  expect(await verdictIn(plan, 'APIGateway.5', other)).not.toBe('FAIL');
});
