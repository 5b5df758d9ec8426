import { bucketIamMember, hmacKey } from './access';
import { bucket } from './bucket';

export const storage = [bucket, bucketIamMember, hmacKey];
