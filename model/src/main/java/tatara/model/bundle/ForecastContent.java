package tatara.model.bundle;

import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.model.explain.Contributions;
import tatara.model.forecast.Autoregression;
import tatara.model.forecast.Component;
import tatara.model.forecast.ForecastModel;
import tatara.model.forecast.Pooled;
import tatara.model.forecast.SeriesState;
import tatara.model.forecast.Structural;
import tatara.model.prediction.Predictions;

/** A model of whole series. */
record ForecastContent(ForecastModel model) implements Content {
    private static final int LEVEL_SLOPE_REMAINDER = 3;

    @Override
    public Predictions predict(Frame conformed) {
        return model.predict(conformed);
    }

    @Override
    public Contributions explain(Frame conformed) {
        throw new TataraException(
                BundleErrorCode.NOT_SUPPORTED,
                Fault.of("A forecast has no contributions of columns").todo("Ask without explain"));
    }

    @Override
    public long operationsPerRow(Frame conformed) {
        long products = 0;
        for (SeriesState state : model.series()) {
            for (Component component : state.components()) {
                if (component instanceof Autoregression regression) {
                    products += regression.terms().width();
                } else if (component instanceof Structural structural) {
                    products += structural.seasons().length + LEVEL_SLOPE_REMAINDER;
                } else if (component instanceof Pooled) {
                    products += model.layout().features().width();
                }
            }
        }
        return Math.round((double) products / Math.max(1, model.series().size()));
    }
}
