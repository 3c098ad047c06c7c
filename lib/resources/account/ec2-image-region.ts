import { ec2 } from '../../services/ec2.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

/** What EC2 keeps for the images of an account in a region. */
export const ec2ImageRegion = regionWide({
  type: 'Plumbline::EC2::ImageRegion',
  // "It can take up to 10 minutes": until then the read answers what was so before.
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageBlockPublicAccess.html
  settlesAfterSeconds: 630,
  announcements: [
    {
      via: 'cloudtrail',
      source: ec2.eventSource,
      calls: {
        EnableImageBlockPublicAccess: ['imageBlock'],
        DisableImageBlockPublicAccess: ['imageBlock'],
      },
      idsIn: here,
    },
  ],
  facets: {
    /** Whether images can be shared with everybody; `managedBy` is `declarative-policy` where the organization decides. */
    imageBlock: {
      actions: ['ec2:GetImageBlockPublicAccessState'],
      read: async (reader) => {
        const { ImageBlockPublicAccessState, ManagedBy } = await reader.call(
          'ec2',
          'getImageBlockPublicAccessState',
          {},
        );
        return { state: ImageBlockPublicAccessState, managedBy: ManagedBy };
      },
    },
  },
});
