package tatara.pipeline.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.run.RunEvent;

final class ExecutionTest {
    @TempDir
    Path home;

    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());

    @Test
    void a_step_runs_once_and_its_result_is_reused() {
        AtomicInteger runs = new AtomicInteger();
        StepSpec spec = StepSpec.of(1, "count", "count", 1, "input");
        for (int i = 0; i < 3; i++) {
            try (Execution execution = execution()) {
                StepResult result = execution.step(spec, scope -> {
                    Files.writeString(scope.directory().resolve("data.txt"), "content");
                    return Json.object().with("runs", (long) runs.incrementAndGet());
                });
                assertThat(result.document()).isEqualTo(Json.object().with("runs", 1L));
                assertThat(result.directory().resolve("data.txt")).hasContent("content");
            }
        }
        assertThat(runs).hasValue(1);
        assertThat(events.stream()
                        .filter(event -> event instanceof RunEvent.StepFinished finished && finished.cached()))
                .hasSize(2);
    }

    @Test
    void a_changed_input_or_revision_runs_again() {
        assertThat(StepSpec.of(1, "s", "t", 1, "a").key())
                .isEqualTo(StepSpec.of(2, "s", "other title", 1, "a").key())
                .isNotEqualTo(StepSpec.of(1, "s", "t", 2, "a").key())
                .isNotEqualTo(StepSpec.of(1, "s", "t", 1, "b").key())
                .isNotEqualTo(StepSpec.of(1, "s2", "t", 1, "a").key());
        assertThat(ContentKey.of("ab", "c")).isNotEqualTo(ContentKey.of("a", "bc"));
    }

    @Test
    void a_failed_step_leaves_nothing_and_runs_again() throws IOException {
        StepSpec spec = StepSpec.of(1, "fragile", "fragile", 1);
        try (Execution execution = execution()) {
            assertThatThrownBy(() -> execution.step(spec, scope -> {
                        Files.writeString(scope.directory().resolve("half"), "half");
                        throw new IOException("No space left on device");
                    }))
                    .isInstanceOfSatisfying(TataraException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(CoreErrorCode.DISK_FULL);
                        assertThat(failure.fault().todo()).contains("run again");
                    });
            assertThat(filesUnder(home.resolve("artifacts"))).isEmpty();
            StepResult result = execution.step(spec, scope -> Json.object().with("ok", 1L));
            assertThat(result.document()).isEqualTo(Json.object().with("ok", 1L));
        }
    }

    @Test
    void what_a_killed_process_left_is_swept() throws IOException {
        Path abandoned = Files.createDirectories(home.resolve("artifacts/.partial-999999999-x"));
        Files.writeString(abandoned.resolve("half"), "half");
        new ArtifactStore(home.resolve("artifacts")).sweep();
        assertThat(abandoned).doesNotExist();
    }

    @Test
    void branches_run_and_the_first_failure_is_thrown_after_all_ended() {
        AtomicInteger ended = new AtomicInteger();
        try (Execution execution = execution()) {
            List<Callable<Integer>> good = List.of(() -> 1, () -> 2, () -> 3);
            assertThat(execution.parallel(good)).containsExactly(1, 2, 3);
            List<Callable<Integer>> bad = List.of(
                    () -> {
                        throw new AccessDeniedException("/nowhere");
                    },
                    ended::incrementAndGet);
            assertThatThrownBy(() -> execution.parallel(bad))
                    .isInstanceOfSatisfying(TataraException.class, failure -> assertThat(failure.code())
                            .isEqualTo(CoreErrorCode.NOT_WRITABLE));
        }
        assertThat(ended).hasValue(1);
    }

    @Test
    void a_pipeline_is_one_process_at_a_time() {
        Workspace workspace = new Workspace(home);
        try (Workspace.Lock first = workspace.lock("churn")) {
            assertThat(first.channel().isOpen()).isTrue();
            assertThatThrownBy(() -> workspace.lock("churn"))
                    .isInstanceOfSatisfying(TataraException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ExecuteErrorCode.PIPELINE_BUSY));
        }
        workspace.lock("churn").close();
    }

    private Execution execution() {
        return new Execution(new ArtifactStore(home.resolve("artifacts")), events::add, 2, System::nanoTime);
    }

    private static List<Path> filesUnder(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
