package tatara.model.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimeGridTest {
    private static long micros(int year, int month, int day) {
        return LocalDate.of(year, month, day).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;
    }

    @Test
    void lengthsOfMonthsBecomeCalendarMonths() {
        assertThat(TimeGrid.ofSeconds(31 * 86_400)).isEqualTo(new TimeGrid(true, 1, 0));
        assertThat(TimeGrid.ofSeconds(28 * 86_400)).isEqualTo(new TimeGrid(true, 1, 0));
        assertThat(TimeGrid.ofSeconds(91 * 86_400)).isEqualTo(new TimeGrid(true, 3, 0));
        assertThat(TimeGrid.ofSeconds(366 * 86_400)).isEqualTo(new TimeGrid(true, 12, 0));
        assertThat(TimeGrid.ofSeconds(3_600)).isEqualTo(new TimeGrid(true, 0, 3_600_000_000L));
    }

    @Test
    void monthEndsStayMonthEnds() {
        TimeGrid months = new TimeGrid(true, 1, 0);
        assertThat(months.ahead(micros(2024, 1, 31), 1)).isEqualTo(micros(2024, 2, 29));
        assertThat(months.ahead(micros(2024, 2, 29), 1)).isEqualTo(micros(2024, 3, 31));
        assertThat(months.ahead(micros(2023, 11, 15), 3)).isEqualTo(micros(2024, 2, 15));
        assertThat(months.ahead(micros(2024, 3, 1), -3)).isEqualTo(micros(2023, 12, 1));
    }

    @Test
    void stepsAreCountedBackFromPositions() {
        for (TimeGrid grid : new TimeGrid[] {
            new TimeGrid(true, 1, 0),
            new TimeGrid(true, 3, 0),
            new TimeGrid(true, 0, 86_400_000_000L),
            TimeGrid.numbered()
        }) {
            for (long start : new long[] {micros(2023, 1, 31), micros(1949, 1, 1), 0}) {
                for (int steps = -30; steps <= 60; steps++) {
                    assertThat(grid.stepsBetween(start, grid.ahead(start, steps)))
                            .as("%s from %d by %d", grid, start, steps)
                            .isEqualTo(steps);
                }
            }
        }
    }

    @Test
    void aStepHasALength() {
        assertThatThrownBy(() -> new TimeGrid(true, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
