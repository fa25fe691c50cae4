/** One WebSocket frame as it came over the wire, and what it says. */
export interface Frame {
  /** The frame's own bytes, to be passed on untouched. */
  readonly raw: Buffer;
  readonly isFinal: boolean;
  /** 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong (RFC 6455, section 5.2). */
  readonly opcode: number;
  readonly payload: Buffer;
}

function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes.readUInt8(0);
  const second = bytes.readUInt8(1);
  const isMasked = (second & 0x80) !== 0;
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const headerLength = 2 + lengthBytes + (isMasked ? 4 : 0);
  if (bytes.length < headerLength) return undefined;
  const length =
    lengthBytes === 2
      ? bytes.readUInt16BE(2)
      : lengthBytes === 8
        ? Number(bytes.readBigUInt64BE(2))
        : short;
  const end = headerLength + length;
  if (bytes.length < end) return undefined;
  const payload = Buffer.from(bytes.subarray(headerLength, end));
  if (isMasked) {
    const mask = bytes.subarray(headerLength - 4, headerLength);
    for (let at = 0; at < payload.length; at++) {
      payload.writeUInt8(payload.readUInt8(at) ^ mask.readUInt8(at & 3), at);
    }
  }
  const raw = Buffer.from(bytes.subarray(0, end));
  return { raw, isFinal: (first & 0x80) !== 0, opcode: first & 0x0f, payload };
}

/** Cuts a stream of bytes into whole frames, keeping an unfinished one for the next call. */
export class FrameCutter {
  private rest: Buffer = Buffer.alloc(0);

  cut(chunk: Buffer): Frame[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const frames: Frame[] = [];
    for (let frame = readFrame(this.rest); frame; frame = readFrame(this.rest)) {
      frames.push(frame);
      this.rest = this.rest.subarray(frame.raw.length);
    }
    return frames;
  }
}

/** Writes one unmasked text frame, as a server sends it. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
  header.writeUInt8(0x81, 0);
  if (header.length === 2) header.writeUInt8(payload.length, 1);
  else if (header.length === 4) {
    header.writeUInt8(126, 1);
    header.writeUInt16BE(payload.length, 2);
  } else {
    header.writeUInt8(127, 1);
    header.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  return Buffer.concat([header, payload]);
}
