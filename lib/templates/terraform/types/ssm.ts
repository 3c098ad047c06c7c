import { ssmSettings } from '../../../resources/account/ssm-region.ts';
import { type Declares, declares, type Mappings } from '../mapping.ts';

/** A setting, where it is the one that this type is of; by its path or its ARN. */
const setting = (as: string, path: string): Declares => ({
  as,
  properties: (view) => {
    const id: unknown = view.get('setting_id').tree();
    return typeof id === 'string' && id.endsWith(path) ? [{ Value: 'setting_value' }] : [];
  },
});

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ssm_document */
export const ssmTypes: Mappings = {
  aws_ssm_document: declares(
    'AWS::SSM::Document',
    {
      Name: 'name',
      // What CloudFormation has no property for.
      Permissions: { AccountIds: 'permissions.account_ids' },
    },
    { names: ['id', 'name'] },
  ),
  aws_ssm_service_setting: {
    declares: [
      setting('Plumbline::SSM::PublicSharing', ssmSettings.publicSharing),
      setting('Plumbline::SSM::AutomationLog', ssmSettings.automationLog),
    ],
  },
};
