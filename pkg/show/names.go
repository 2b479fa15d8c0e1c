package show

import (
	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
)

// placeNames chooses, for each named point, the side on which its name is written.
func placeNames(_ *grob.Fig, series []Series) [][]grob.ScatterTextposition {
	out := make([][]grob.ScatterTextposition, len(series))
	for i, s := range series {
		out[i] = make([]grob.ScatterTextposition, len(s.Names))
		for j := range s.Names {
			out[i][j] = grob.ScatterTextpositionTopCenter
		}
	}
	return out
}
