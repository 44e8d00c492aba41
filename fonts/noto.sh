#!/bin/sh
# Makes the fallback fonts: Noto Sans and Noto Serif from Debian's packages (version 20201225-1), reduced to Latin with
# all accents, Greek, Cyrillic and symbols. Needs apt and fonttools (pip install fonttools==4.68.0).
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download fonts-noto-core fonts-noto-extra
for package in *.deb; do dpkg-deb -x "$package" .; done

letters="U+0020-007E,U+00A0-024F,U+0259,U+0268,U+0289,U+0294,U+02B0-02FF"
marks="U+0300-0345,U+0357-0358,U+0361,U+1E00-1EFF,U+2C60-2C7F,U+A78B-A78C,U+FB01-FB04"
greek_and_cyrillic="U+0370-03FF,U+0400-04FF"
signs="U+2000-2027,U+202F-205E,U+2070-209F,U+20A0-20BF,U+2100-2122,U+2126,U+212A-212B,U+2150-218B,U+2190-2199"
signs="$signs,U+2202,U+2206,U+2212,U+2215,U+2219,U+221A,U+221E,U+222B,U+2248,U+2260,U+2264-2265,U+25CC"
for font in NotoSans-Regular NotoSans-SemiBold NotoSans-Bold NotoSerif-Regular NotoSerif-Bold; do
    pyftsubset "usr/share/fonts/truetype/noto/$font.ttf" \
        --unicodes="$letters,$marks,$greek_and_cyrillic,$signs" \
        --layout-features=kern,mark,mkmk,ccmp,locl,liga,calt,rlig \
        --no-hinting --drop-tables+=DSIG,gasp --name-IDs=0,1,2,3,4,5,6,13,14 --notdef-outline \
        --output-file="$here/$font.ttf"
done
