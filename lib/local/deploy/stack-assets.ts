import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { S3 } from '@aws-sdk/client-s3';
import { unzipSync, zipSync } from 'fflate';
import { orAbsent } from '../../aws/errors.ts';

interface AssetManifest {
  readonly files?: Readonly<Record<string, FileAsset>>;
}
interface FileAsset {
  readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
  readonly destinations: Readonly<Record<string, { bucketName: string; objectKey: string }>>;
}

/** One file of the CDK's output that CloudFormation looks for in a bucket. */
export interface Asset {
  readonly path: string;
  readonly packaging: 'zip' | 'file';
  readonly bucket: string;
  readonly key: string;
}

/** The assets that a manifest of the CDK's output lists, with their place in this account. */
export const assetsIn = (
  output: string,
  manifestFile: string,
  account: string,
  region: string,
): readonly Asset[] => {
  const { files = {} }: AssetManifest = JSON.parse(
    readFileSync(join(output, manifestFile), 'utf8'),
  );
  const pseudo: Readonly<Record<string, string>> = {
    AccountId: account,
    Region: region,
    Partition: 'aws',
  };
  const placed = (text: string) =>
    text.replace(/\$\{AWS::(\w+)\}/g, (reference, name) => pseudo[name] ?? reference);
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ bucketName, objectKey }) => ({
      path: join(output, source.path),
      packaging: source.packaging,
      bucket: placed(bucketName),
      key: placed(objectKey),
    })),
  );
};

/** Puts each asset where the template looks for it. */
export const uploadAssets = async (s3: S3, assets: readonly Asset[]) => {
  const buckets = new Set(assets.map(({ bucket }) => bucket));
  await Promise.all([...buckets].map((bucket) => makeBucket(s3, bucket)));
  await Promise.all(
    assets.map(({ bucket, key, path, packaging }) =>
      s3.putObject({
        Bucket: bucket,
        Key: key,
        Body: packaging === 'zip' ? zipped(path) : readFileSync(path),
      }),
    ),
  );
};

// Block public access, encryption and versions as `cdk bootstrap` sets them.
const makeBucket = async (s3: S3, Bucket: string) => {
  // Another stack of the region may have made it; us-east-1 alone takes it twice.
  await orAbsent(['BucketAlreadyOwnedByYou'], () => s3.createBucket({ Bucket }));
  await Promise.all([
    s3.putPublicAccessBlock({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
    s3.putBucketEncryption({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    }),
    s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  ]);
};

const zipped = (folder: string) => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const entries = files.map((file) => [relative(folder, file), readFileSync(file)] as const);
  return zipSync(Object.fromEntries(entries), { level: 1 });
};

/** The folder of a function's code: the asset itself, or what its zip holds, beside it. */
export const folderOf = ({ path, packaging }: Pick<Asset, 'path' | 'packaging'>): string => {
  if (packaging === 'zip') return path;
  const folder = path.replace(/\.zip$/, '');
  if (existsSync(folder)) return folder;
  const made = `${folder}.${process.pid}`;
  for (const [name, content] of Object.entries(unzipSync(readFileSync(path)))) {
    const file = join(made, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  takePlace(made, folder);
  return folder;
};

// Two processes may deploy the same output.
const takePlace = (made: string, folder: string) => {
  try {
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(made, { recursive: true });
  }
};
