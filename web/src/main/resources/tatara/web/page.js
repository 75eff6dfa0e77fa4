(function () {
  'use strict';
  var specs = JSON.parse(document.getElementById('chart-data').textContent);
  var charts = {};

  function tones() {
    var style = getComputedStyle(document.documentElement);
    var tone = {};
    ['ink', 'muted', 'line', 'main', 'second', 'quiet', 'panel', 'paper'].forEach(function (name) {
      tone[name] = style.getPropertyValue('--' + name).trim();
    });
    return tone;
  }

  function figure(value) {
    if (value === null || value === undefined || value !== value) return '–';
    if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
    return String(Number(Number(value).toPrecision(4)));
  }

  function day(seconds) {
    var time = new Date(seconds * 1000).toISOString();
    return time.slice(11, 16) === '00:00' ? time.slice(0, 10) : time.slice(0, 16).replace('T', ' ');
  }

  function place(axis, value) { return axis.categories ? axis.categories[value] : axis.seconds ? day(value) : figure(value); }

  function plain(text) {
    return String(text).replace(/[&<>"']/g, function (c) { return '&#' + c.charCodeAt(0) + ';'; });
  }

  function axis(given, tone, isX) {
    var result = {
      type: given.categories ? 'category' : 'value',
      name: given.name,
      nameLocation: isX ? 'middle' : 'end',
      nameGap: isX ? 28 : 12,
      nameTextStyle: { color: tone.muted, align: isX ? 'center' : 'left' },
      axisLine: { onZero: false, lineStyle: { color: tone.line } },
      axisTick: { show: false },
      splitLine: { show: !given.categories, lineStyle: { color: tone.line, opacity: 0.6 } },
      axisLabel: { color: tone.muted, hideOverlap: true, formatter: given.categories ? undefined : given.seconds ? function (value) { return day(value).slice(0, 10); } : figure }
    };
    if (given.categories) { result.data = given.categories; result.inverse = !isX; }
    if (given.min !== undefined) result.min = given.min;
    if (given.max !== undefined) result.max = given.max;
    if (!given.categories && given.min === undefined && isX) result.scale = true;
    if (!given.categories && given.min === undefined && !isX) result.scale = true;
    return result;
  }

  function tip(text) { return { formatter: text }; }

  function line(series, tone, points, extra) {
    var made = {
      type: 'line', name: series.name, data: points, showSymbol: false, animation: false,
      lineStyle: { color: tone[series.tone], width: 2 }, itemStyle: { color: tone[series.tone] }
    };
    for (var key in extra) made[key] = extra[key];
    return made;
  }

  // Series are stacked along y only where x is a time axis: bands have a hidden one of their own.
  function bandStyle(series, extra) {
    var style = {
      xAxisIndex: 1, stack: series.name, stackStrategy: 'all', lineStyle: { opacity: 0 }, silent: true,
      itemStyle: { opacity: 0.3 }, tooltip: { show: false }
    };
    for (var key in extra) style[key] = extra[key];
    return style;
  }

  function extent(spec) {
    var low = Infinity, high = -Infinity;
    spec.series.forEach(function (each) {
      each.points.forEach(function (p) { low = Math.min(low, p[0]); high = Math.max(high, p[0]); });
    });
    return [low, high];
  }

  function drawn(series, spec, tone) {
    var points = series.points;
    var rows = spec.layout === 'rows';
    switch (series.mark) {
      case 'line': return [line(series, tone, points, { showSymbol: points.length < 2, symbolSize: 7 })];
      case 'linked_dots': return [line(series, tone, points, {
        showSymbol: true, symbol: 'circle', symbolSize: 8,
        tooltip: tip(function (p) {
          return plain(spec.x.name) + ' ' + figure(p.value[0]) + '<br>' + plain(spec.y.name) + ' ' + figure(p.value[1])
            + (p.value.length > 2 ? '<br>' + figure(p.value[2]) + ' rows' : '');
        }) })];
      case 'guide': return [line(series, tone, points, {
        lineStyle: { color: tone.quiet, width: 1.5, type: 'dashed' }, silent: true, tooltip: { show: false } })];
      case 'dots': return [{
        type: 'scatter', name: series.name, data: points, animation: false,
        symbolSize: points.length > 200 ? 4 : points.length > 1 ? 7 : 12,
        itemStyle: { color: tone[series.tone], opacity: points.length > 200 ? 0.45 : 0.85 } }];
      case 'bars': return [{
        type: 'bar', name: series.name, animation: false, barGap: '-100%', barCategoryGap: rows ? '20%' : '5%',
        barMaxWidth: rows ? 22 : undefined,
        data: points,
        itemStyle: { color: tone[series.tone] } }];
      case 'spans':
        var spans = [];
        for (var i = 0; i + 1 < points.length; i += 2) {
          spans.push(line(series, tone, [points[i], points[i + 1]], {
            lineStyle: { color: tone.ink, width: 2 }, itemStyle: { color: tone.ink },
            showSymbol: true, symbol: 'rect', symbolSize: [2, 12], silent: true, z: 5 }));
        }
        return spans;
      case 'band':
        return [
          line(series, tone, points.map(function (p) { return [p[0], p[1]]; }), bandStyle(series, {})),
          line(series, tone, points.map(function (p) { return [p[0], p[2] - p[1]]; }), bandStyle(series, {
            areaStyle: { color: tone[series.tone], opacity: 0.18 } }))
        ];
      default: return [];
    }
  }

  function widest(names) {
    var pen = document.createElement('canvas').getContext('2d');
    pen.font = '12px ' + getComputedStyle(document.body).fontFamily;
    return names.reduce(function (most, name) { return Math.max(most, pen.measureText(name).width); }, 0);
  }

  function option(spec, tone, width) {
    var series = [];
    spec.series.forEach(function (each) { series = series.concat(drawn(each, spec, tone)); });
    var names = spec.series.map(function (each) { return each.name; });
    var rows = spec.layout === 'rows';
    var y = axis(spec.y, tone, false);
    var room = rows ? Math.ceil(Math.min(widest(spec.y.categories) * 1.04 + 4, width * 0.45)) : 0;
    if (rows) {
      y.axisLabel = { color: tone.ink, width: room, overflow: 'truncate', fontSize: 12 };
      y.axisLine = { show: false };
    }
    if (!rows && spec.series.some(function (each) { return each.mark === 'bars'; })) y.scale = false;
    var x = axis(spec.x, tone, true);
    if (spec.x.seconds) x.axisLabel.showMaxLabel = false;
    if (rows) x.scale = false;
    var axes = [x];
    if (spec.series.some(function (each) { return each.mark === 'band'; })) {
      var reach = extent(spec);
      x.min = reach[0];
      x.max = reach[1];
      axes.push({ type: 'time', show: false, position: 'bottom', min: reach[0], max: reach[1] });
    }
    return {
      backgroundColor: 'transparent',
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: tone.ink },
      grid: {
        left: rows ? room + 10 : 8, right: 24, containLabel: !rows,
        top: (names.length > 1 ? 30 : 6) + (spec.y.name ? 24 : 6), bottom: (spec.x.name ? 34 : 12) + (rows ? 20 : 0)
      },
      legend: names.length > 1
        ? { top: 0, left: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 4, textStyle: { color: tone.muted }, selectedMode: false }
        : undefined,
      tooltip: {
        trigger: 'item', confine: true, backgroundColor: tone.paper, borderColor: tone.line, textStyle: { color: tone.ink },
        formatter: function (p) {
          if (rows) return plain(spec.y.categories[p.value[1]]) + ': ' + figure(p.value[0]);
          return plain(p.seriesName) + '<br>' + plain(spec.x.name) + ' ' + place(spec.x, p.value[0]) + '<br>' + plain(spec.y.name) + ' ' + figure(p.value[1]);
        }
      },
      xAxis: axes, yAxis: y, series: series
    };
  }

  function draw(id) {
    var place = document.getElementById(id);
    if (!place || !(charts[id] || place.parentElement.clientWidth)) return;
    var spec = specs[id];
    if (spec.layout === 'rows') {
      place.style.height = Math.max(120, spec.y.categories.length * 30 + 90) + 'px';
    }
    if (!charts[id]) {
      place.style.display = 'block';
      charts[id] = echarts.init(place, null, { renderer: 'svg' });
    }
    charts[id].setOption(option(spec, tones(), place.clientWidth), true);
  }

  function drawAll() { Object.keys(specs).forEach(draw); }

  drawAll();
  document.addEventListener('toggle', function (event) {
    if (!event.target.open) return;
    event.target.querySelectorAll('.plot').forEach(function (place) { if (!charts[place.id]) draw(place.id); });
  }, true);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('resize', function () {
    Object.keys(charts).forEach(function (id) { charts[id].resize(); });
  });
  addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (each) { each.open = true; });
    drawAll();
  });
})();
