import { defineResourceType } from '../../model/resource-type.ts';
import { iam } from '../../services/iam.ts';
import { lastName, named } from '../ids.ts';
import { tagsOf } from './iam-details.ts';

/** A server certificate that IAM keeps; its id is the certificate's name. */
export const iamServerCertificate = defineResourceType({
  type: 'AWS::IAM::ServerCertificate',
  scope: 'global',
  securityHubType: 'Other',
  live: {
    gone: ['NoSuchEntity'],
    settlesAfterSeconds: 30,
    announcements: [
      {
        via: 'cloudtrail',
        source: iam.eventSource,
        calls: {
          UploadServerCertificate: 'created',
          DeleteServerCertificate: 'deleted',
          UpdateServerCertificate: ['expiration'],
        },
        idsIn: named({
          request: ['serverCertificateName', 'newServerCertificateName'],
          response: ['serverCertificateMetadata.serverCertificateName'],
          idOf: lastName,
        }),
      },
    ],
    list: {
      actions: ['iam:ListServerCertificates'],
      page: async (reader, token) => {
        const page = await reader.call('iam', 'listServerCertificates', {
          MaxItems: 100,
          ...(token === undefined ? {} : { Marker: token }),
        });
        return {
          resources: (page.ServerCertificateMetadataList ?? []).map((certificate) => ({
            id: certificate.ServerCertificateName ?? '',
            facets: { expiration: certificate.Expiration?.toISOString() ?? '' },
          })),
          ...(page.IsTruncated && page.Marker ? { next: page.Marker } : {}),
        };
      },
    },
  },
  about: {
    actions: ['iam:GetServerCertificate'],
    read: async (reader, { id }) => {
      const answer = await reader.call('iam', 'getServerCertificate', {
        ServerCertificateName: id,
      });
      const { ServerCertificateMetadata, Tags } = answer.ServerCertificate ?? {};
      return { arn: ServerCertificateMetadata?.Arn ?? '', tags: tagsOf(Tags) };
    },
  },
  facets: {
    /** When it stops being valid, in ISO 8601. */
    expiration: {
      actions: ['iam:GetServerCertificate'],
      read: async (reader, { id }) => {
        const { ServerCertificate } = await reader.call('iam', 'getServerCertificate', {
          ServerCertificateName: id,
        });
        return ServerCertificate?.ServerCertificateMetadata?.Expiration?.toISOString() ?? '';
      },
    },
  },
});
