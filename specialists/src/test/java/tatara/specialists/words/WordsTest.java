package tatara.specialists.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "TotalCharges,total charges",
        "DID_DEFAULT_PAYMENT,did default payment",
        "FraudFound_P,fraud found p",
        "HTTPServerError,http server error",
        "retention_7,retention 7",
        "V12,v 12",
        "beer-name,beer name",
        "解約フラグ,解約 フラグ",
        "顧客ID,顧客 id",
        "データセット,データセット",
        "Kündigung,kundigung",
        "Straße,strasse",
        "ＦＵＬＬ幅,full 幅",
        "цена_дома,цена дома",
        "'',''"
    })
    void splitsNames(String name, String words) {
        assertThat(String.join(" ", Words.of(name))).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cancel", "cancels", "cancelled", "canceled", "cancelling", "cancellation", "cancellations"})
    void formsOfAWordShareAStem(String word) {
        assertThat(Words.stem(word)).isEqualTo(Words.stem("cancel"));
    }

    @ParameterizedTest
    @CsvSource({
        "predicts,predicted",
        "prices,price",
        "houses,house",
        "surviving,survived",
        "deliveries,delivery",
        "boxes,box",
        "passengers,passenger",
        "defaulting,defaulted",
        "classes,class"
    })
    void otherFormsTooDo(String one, String other) {
        assertThat(Words.stem(one)).isEqualTo(Words.stem(other));
    }

    @ParameterizedTest
    @CsvSource({"status,state", "bus,buy", "price,prize", "class,clash"})
    void differentWordsStayDifferent(String one, String other) {
        assertThat(Words.stem(one)).isNotEqualTo(Words.stem(other));
    }

    @Test
    void survivesAnyText() {
        assertThat(Words.of("\u0000\ud800\udfff \ud83d\ude00 \u0301 \u202e ok")).contains("ok");
        assertThat(Words.of("x".repeat(100_000))).hasSize(1);
    }

    @Test
    void knowsWhatWordsMean() {
        assertThat(Lexicon.business().meanings("Exited")).contains(new Lexicon.Meaning("churn", false));
        assertThat(Lexicon.business().meanings("解約フラグ")).contains(new Lexicon.Meaning("churn", false));
        assertThat(Lexicon.business().meanings("retained")).contains(new Lexicon.Meaning("churn", true));
        assertThat(Lexicon.business().meanings("come back")).contains(new Lexicon.Meaning("churn", true));
        assertThat(Lexicon.business().meanings("sky")).isEmpty();
    }
}
