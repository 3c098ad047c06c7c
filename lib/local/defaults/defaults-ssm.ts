import { okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';

/** How settings of Systems Manager begin. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetServiceSetting.html */
const begins: Readonly<Record<string, string>> = {
  '/ssm/documents/console/public-sharing-permission': 'Enable',
  '/ssm/automation/customer-script-log-destination': 'None',
};

/** A setting is named by its path or by its ARN. */
const pathOf = (id: unknown): string => `/${String(id).replace(/^.*:servicesetting\/|^\//, '')}`;

/** Settings of Systems Manager in a region, which moto does not have. */
export const serviceSettings = (): Before => {
  const set = new Map<string, unknown>();
  const keyOf = ({ region, input }: DecodedCall) => `${region} ${pathOf(input['SettingId'])}`;
  const shown = (call: DecodedCall) => {
    const SettingId = pathOf(call.input['SettingId']);
    const value = set.get(keyOf(call));
    return {
      ServiceSetting: {
        SettingId,
        SettingValue: value ?? begins[SettingId] ?? '',
        Status: value === undefined ? 'Default' : 'Customized',
      },
    };
  };
  const answers: Readonly<Record<string, (call: DecodedCall) => object>> = {
    GetServiceSetting: shown,
    UpdateServiceSetting: (call) => {
      set.set(keyOf(call), call.input['SettingValue']);
      return {};
    },
    ResetServiceSetting: (call) => {
      set.delete(keyOf(call));
      return shown(call);
    },
  };
  return (call) => {
    const answer = call.service === 'ssm' ? answers[call.operation] : undefined;
    return answer && okAnswer(call, { ...answer(call) });
  };
};
