package tatara.data.source;

/**
 * Counts in a stream of bytes what tells UTF-8 from other encodings. State machine after Unicode 15, table 3-7 (well-formed UTF-8).
 * Not thread-safe.
 */
final class ContentScan {
    private long bytes;
    private long multibyte;
    private long invalid;
    private long nul;
    private int pending;
    private int least;
    private int greatest;

    void update(byte[] buffer, int offset, int length) {
        bytes += length;
        for (int i = offset; i < offset + length; i++) {
            int b = buffer[i];
            if (b > 0 && pending == 0) {
                continue;
            }
            next(b & 0xff);
        }
    }

    private void next(int b) {
        if (b == 0) {
            nul++;
        }
        if (pending > 0) {
            if (b >= least && b <= greatest) {
                pending--;
                least = 0x80;
                greatest = 0xbf;
                multibyte += pending == 0 ? 1 : 0;
                return;
            }
            invalid++;
            pending = 0;
        }
        if (b >= 0x80) {
            lead(b);
        }
    }

    private void lead(int b) {
        least = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        greatest = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
        if (b >= 0xc2 && b <= 0xdf) {
            pending = 1;
        } else if (b >= 0xe0 && b <= 0xef) {
            pending = 2;
        } else if (b >= 0xf0 && b <= 0xf4) {
            pending = 3;
        } else {
            invalid++;
        }
    }

    /** Bytes of the content, after decompression. */
    long bytes() {
        return bytes;
    }

    /** Well-formed characters of more than one byte. */
    long multibyte() {
        return multibyte;
    }

    /** Ill-formed places. */
    long invalid() {
        return invalid + (pending > 0 ? 1 : 0);
    }

    long nul() {
        return nul;
    }
}
