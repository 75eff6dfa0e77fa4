package tatara.data.retention;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.StorageFailure;

/** Signed receipts (Ed25519). The home's key pair is made on first use in {@code keys/}; only the owner may read the private one. */
public final class Receipts {
    private static final String ALGORITHM = "Ed25519";

    private final Path home;

    public Receipts(Path home) {
        this.home = home;
    }

    /** Signs a document and writes it to {@code receipts/ID.json}. */
    Path write(String id, Json.Obj document) {
        Path file = home.resolve("receipts").resolve(id + ".json");
        try {
            KeyPair keys = keys();
            Json.Obj whole = document.with("publicKey", base64(keys.getPublic().getEncoded()));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(keys.getPrivate());
            signature.update(JsonText.write(whole).getBytes(StandardCharsets.UTF_8));
            AtomicFile.write(file, JsonText.writePretty(whole.with("signature", base64(signature.sign()))));
            return file;
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        } catch (GeneralSecurityException e) {
            throw new TataraException(
                    RetentionErrorCode.RECEIPT_INVALID, Fault.of("the receipt cannot be signed: " + e.getMessage()), e);
        }
    }

    /**
     * Checks that a receipt is as it was signed, with this home's key.
     *
     * @throws TataraException {@code RECEIPT_INVALID}
     */
    public Json.Obj verify(Path file) {
        try {
            Json document = JsonText.read(file.toString(), Files.readString(file));
            if (document instanceof Json.Obj whole
                    && whole.find("signature").orElse(Json.NULL) instanceof Json.Str signed
                    && whole.find("publicKey").orElse(Json.NULL) instanceof Json.Str key) {
                Map<String, Json> members = new LinkedHashMap<>(whole.members());
                members.remove("signature");
                Signature signature = Signature.getInstance(ALGORITHM);
                signature.initVerify(publicKey(Base64.getDecoder().decode(key.value())));
                signature.update(JsonText.write(new Json.Obj(members)).getBytes(StandardCharsets.UTF_8));
                boolean own = Files.exists(publicFile())
                        && Files.readString(publicFile()).strip().equals(key.value());
                if (own && signature.verify(Base64.getDecoder().decode(signed.value()))) {
                    return whole;
                }
            }
            throw invalid(file, "its signature does not fit");
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw invalid(file, String.valueOf(e.getMessage()));
        }
    }

    private static TataraException invalid(Path file, String why) {
        return new TataraException(
                RetentionErrorCode.RECEIPT_INVALID,
                Fault.of("this is not a receipt of this home: " + why)
                        .at(file.toString())
                        .todo("Take the file as it was written, from receipts/"));
    }

    private Path publicFile() {
        return home.resolve("keys").resolve("receipts.public");
    }

    private KeyPair keys() throws IOException, GeneralSecurityException {
        Path secret = home.resolve("keys").resolve("receipts.private");
        if (!Files.exists(secret) || !Files.exists(publicFile())) {
            KeyPair made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            Files.createDirectories(home.resolve("keys"));
            Path temporary = AtomicFile.temporary(secret);
            Files.deleteIfExists(temporary);
            if (Files.getFileStore(home).supportsFileAttributeView("posix")) {
                Files.createFile(
                        temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(temporary, base64(made.getPrivate().getEncoded()));
            AtomicFile.write(publicFile(), base64(made.getPublic().getEncoded()));
            AtomicFile.move(temporary, secret);
            return made;
        }
        PrivateKey key = KeyFactory.getInstance(ALGORITHM)
                .generatePrivate(new PKCS8EncodedKeySpec(
                        Base64.getDecoder().decode(Files.readString(secret).strip())));
        return new KeyPair(
                publicKey(Base64.getDecoder()
                        .decode(Files.readString(publicFile()).strip())),
                key);
    }

    private static PublicKey publicKey(byte[] bytes) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
