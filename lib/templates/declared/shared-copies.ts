import { image } from '../../resources/ec2/image.ts';
import { snapshot } from '../../resources/ec2/snapshot.ts';
import { dbClusterSnapshot } from '../../resources/rds/db-cluster-snapshot.ts';
import { dbSnapshot } from '../../resources/rds/db-snapshot.ts';
import { copyKeys } from '../answers/shared-copies.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const id: DeclaredType['id'] = ({ physicalId }) => physicalId;
const shared = { id, placeOf: placesIn({ sharing: 'Sharing', attributes: 'SharedAccounts' }) };

/** Images and snapshots, which Terraform alone declares: with whom they are shared. */
export const declaredCopies: readonly DeclaredType[] = [
  { ...shared, type: image, as: copyKeys.image, untold: ['image'] },
  { ...shared, type: snapshot, as: copyKeys.disk, untold: ['snapshot'] },
  { ...shared, type: dbSnapshot, as: copyKeys.database, untold: ['snapshot'] },
  { ...shared, type: dbClusterSnapshot, as: copyKeys.cluster, untold: ['snapshot'] },
];
