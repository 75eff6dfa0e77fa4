package tatara.serve.rest;

import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Short forms of the refusals that many routes share. */
final class Refusals {
    private Refusals() {}

    static TataraException bad(String what, String expected) {
        return new TataraException(RestErrorCode.BAD_REQUEST, Fault.of(what).expecting(expected));
    }

    static TataraException bad(String what, String place, String expected) {
        return new TataraException(
                RestErrorCode.BAD_REQUEST, Fault.of(what).at(place).expecting(expected));
    }

    static TataraException tooLarge(String what, String expected) {
        return new TataraException(
                RestErrorCode.TOO_LARGE,
                Fault.of(what).expecting(expected).todo("Send it in several requests, or use `tatara predict`"));
    }

    static TataraException overloaded(String what) {
        return new TataraException(RestErrorCode.OVERLOADED, Fault.of(what).todo("Try again in a second"));
    }
}
