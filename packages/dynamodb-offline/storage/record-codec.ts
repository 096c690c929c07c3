import { crc32 } from 'node:zlib';

const CHECKSUM_LENGTH = 4;

/** What is stored is not what was written: the disk, or another program, has changed it. */
export class DamagedRecordError extends Error {
  override readonly name = 'DamagedRecordError';
}

/** JSON behind its checksum: LevelDB does not check what it reads, and would give back other values than were stored. */
export function encodeRecord(record: unknown): Buffer {
  const json = JSON.stringify(record);
  const length = Buffer.byteLength(json);
  const bytes = Buffer.allocUnsafe(CHECKSUM_LENGTH + length);
  bytes.write(json, CHECKSUM_LENGTH);
  bytes.writeUInt32BE(crc32(bytes.subarray(CHECKSUM_LENGTH)));
  return bytes;
}

/** @throws DamagedRecordError */
export function decodeRecord(bytes: Buffer): unknown {
  if (bytes.length <= CHECKSUM_LENGTH) throw new DamagedRecordError('is cut off');
  const json = bytes.subarray(CHECKSUM_LENGTH);
  if (crc32(json) !== bytes.readUInt32BE()) throw new DamagedRecordError('does not match its checksum');
  return JSON.parse(json.toString());
}
