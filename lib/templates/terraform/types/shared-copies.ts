import { copyKeys } from '../../answers/shared-copies.ts';
import { givenId } from '../../resolution/identities.ts';
import { declares, first, item, type Mapping, type Mappings, type Spec } from '../mapping.ts';

/** One permission, beside those that others give. */
const permission = (as: string, by: string, spec: Spec): Mapping =>
  declares(as, { Sharing: item(spec, 'account_id') }, { of: { by, name: givenId } });
const copy = (as: string): Mapping => declares(as, {}, { id: 'id', names: ['id'] });
const database = (as: string, name: string): Mapping =>
  declares(as, { SharedAccounts: 'shared_accounts' }, { names: ['id', name] });

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ami_launch_permission, and those of each copy. */
export const sharedCopyTypes: Mappings = {
  aws_ami: copy(copyKeys.image),
  aws_ami_copy: copy(copyKeys.image),
  aws_ami_from_instance: copy(copyKeys.image),
  aws_ami_launch_permission: permission(copyKeys.image, 'image_id', {
    Group: 'group',
    Account: 'account_id',
    Organization: first('organization_arn', 'organizational_unit_arn'),
  }),
  aws_ebs_snapshot: copy(copyKeys.disk),
  aws_ebs_snapshot_copy: copy(copyKeys.disk),
  aws_ebs_snapshot_import: copy(copyKeys.disk),
  aws_snapshot_create_volume_permission: permission(copyKeys.disk, 'snapshot_id', {
    Account: 'account_id',
  }),
  aws_db_snapshot: database(copyKeys.database, 'db_snapshot_identifier'),
  aws_db_snapshot_copy: database(copyKeys.database, 'target_db_snapshot_identifier'),
  aws_db_cluster_snapshot: database(copyKeys.cluster, 'db_cluster_snapshot_identifier'),
};
